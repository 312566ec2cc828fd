// Spanish: the same sentences as in en.ts, in the “tú” of friendly programs; buttons are infinitives.
import { isH264 } from '../../core/codec-candidates.ts';
import type { GpuRefusal } from '../../core/device.ts';
import type { AskedConditioning, LinkFault, PictureFault } from '../../core/errors.ts';
import type { Stage } from '../../core/event.ts';
import type { Expectation } from '../../core/expectation.ts';
import type { Transition } from '../../core/film.ts';
import type { ErrorMessage, ErrorMessages, Messages, NoticeMessages } from './en.ts';
import { fileName, formatsOf, sentence } from './formats.ts';

const formats = formatsOf('es');
const { bytes, clock, count, duration, percent, plain } = formats;

const errors: ErrorMessages = {
  'prompt-empty': ({ row }) => ({
    title:
      row === undefined
        ? 'Todavía no hay descripción.'
        : `La toma ${row} todavía no tiene descripción.`,
    action: 'Escribe qué debe pasar, por ejemplo «a panda dances in the snow».',
  }),
  'prompt-too-long': ({ row, place, characterCount, maxCharacterCount }) => ({
    title: `${fieldName(place)}${ofShot(row)} tiene ${count(characterCount)} caracteres; el máximo es ${count(maxCharacterCount)}.`,
    action: `Quita ${count(characterCount - maxCharacterCount)} o más. Una frase corta funciona mejor.`,
  }),
  'request-invalid': ({ row, place, value, expected }) => ({
    title: `${fieldName(place)}${ofShot(row)} ${refused(value)}.`,
    action: `Se espera: ${expectation(expected)}.`,
  }),
  'conditioning-missing': ({ row, asked }) => ({
    title: `Este modelo no puede ${ASKED[asked].what}.`,
    action: `${ASKED[asked].instead}${row === undefined ? '' : ` (en la toma ${row})`} o usa otro modelo.`,
  }),
  'picture-unusable': ({ cause, detail }) => PICTURE_FAULTS[cause](detail),
  'film-version': ({ found, supported }) => ({
    title: 'Esta película se guardó con otra versión de Zoetrope.',
    action: `Carga la última versión de esta página o vuelve a guardar la película: tiene la versión ${found} y esta página lee la ${supported}.`,
  }),
  'film-unreadable': ({ name, reason }) => ({
    title: `No se puede leer ninguna película en ${name}.`,
    action: `Abre una película guardada como JSON o un MP4 guardado con sus descripciones. ${sentence(reason ?? 'En este archivo no se escribió ninguna película')}`,
  }),
  'link-unusable': ({ cause }) => LINK_FAULTS[cause],
  'link-refused': () => ({
    title: 'Este enlace pide una película que aquí no se puede hacer.',
    action: 'Puede que venga de otra versión de esta página.',
  }),
  'link-too-long': ({ characterCount, maxCharacterCount }) => ({
    title: 'Esta película es demasiado larga para un enlace.',
    action: `Elige «Guardar película» y envía el archivo: un enlace de ${count(characterCount)} caracteres se pierde; el máximo es ${count(maxCharacterCount)}.`,
  }),
  'size-unavailable': ({ widthPx, heightPx, sizes }) => ({
    title: `Este modelo no hace clips de ${widthPx} × ${heightPx} píxeles.`,
    action: `Elige uno de estos tamaños: ${sentence(sizes)}`,
  }),
  'catalogue-invalid': ({ url, place, value, expected }) => ({
    title: 'La lista de modelos de este sitio está dañada.',
    action: `Avisa a quien lleva el sitio: en ${url}, ${place} es ${value}; se espera: ${sentence(expected)}`,
  }),
  'pack-format': ({ url, found, supported }) => ({
    title: 'El modelo está empaquetado en un formato que esta versión no puede leer.',
    action: `Carga la última versión o vuelve a construir el paquete: ${url} tiene el formato ${found} y esta versión lee el ${supported}.`,
  }),
  'pack-invalid': ({ url, place, value, expected }) => ({
    title: 'La descripción del modelo está dañada.',
    action: `Vuelve a construir el paquete: en ${url}, ${place} es ${value}; se espera: ${sentence(expected)}`,
  }),
  'pack-unreachable': ({ url, reason }) => ({
    title: 'No se pudo cargar la descripción del modelo.',
    action: `Comprueba la conexión e inténtalo de nuevo. ${url}: ${sentence(reason)}`,
  }),
  'offline-without-model': ({ missingByteLength }) => ({
    title: 'El modelo todavía no está en este dispositivo y no hay red.',
    action: `Conéctate para descargar ${bytes(missingByteLength)}; después ya no hace falta la red.`,
  }),
  'shard-unreachable': ({ url, reason, attemptCount }) => ({
    title: 'La descarga se ha detenido.',
    action: `Comprueba la conexión e inténtalo de nuevo; lo que ya llegó se conserva. ${attempts(attemptCount)} con ${fileName(url)}: ${sentence(reason)}`,
  }),
  'shard-corrupt': ({ url, attemptCount }) => ({
    title: 'Una parte del modelo llega dañada.',
    action: `Prueba con otra red o más tarde; puede que algo en el camino cambie los archivos. ${attempts(attemptCount)} con ${fileName(url)}; la suma de comprobación nunca coincidió.`,
  }),
  'engine-unreachable': ({ reason }) => ({
    title: 'No se pudo cargar el motor que hace funcionar el modelo.',
    action: `Comprueba la conexión e inténtalo de nuevo. ${sentence(reason)}`,
  }),
  'webgpu-missing': (refusal) => ({
    title: 'Aquí no hay WebGPU.',
    action: `Activa la aceleración por hardware, actualiza el navegador o usa el procesador (dispositivo wasm; en la dirección de la página: ?device=wasm). ${gpuRefusal(refusal)}`,
  }),
  'webgpu-wrong': ({ relativeError }) => ({
    title: 'El procesador gráfico calcula mal.',
    action: `Actualiza el navegador o el controlador gráfico, o usa el procesador (dispositivo wasm; en la dirección de la página: ?device=wasm). Una prueba se desvió un ${percent(relativeError)}.`,
  }),
  'webgpu-lost': ({ reason }) => ({
    title: 'El procesador gráfico se ha parado.',
    action: `Cierra otras pestañas y programas que lo usen e inténtalo de nuevo. ${sentence(reason)}`,
  }),
  'out-of-memory': ({ step }) => ({
    title: 'No hay memoria suficiente.',
    action: `Cierra otras pestañas y programas o elige un tamaño menor e inténtalo de nuevo. Se agotó en: ${sentence(step)}`,
  }),
  'graph-failed': ({ graph, reason }) => ({
    title: 'El modelo se paró a medias.',
    action: `Inténtalo de nuevo; si se repite, avísanos. ${graph}: ${sentence(reason)}`,
  }),
  'encoder-missing': ({ widthPx, heightPx, tried }) => ({
    title: `Este navegador no puede escribir un vídeo de ${widthPx} × ${heightPx} píxeles.`,
    action: `Usa una versión actual de Chrome, Edge, Firefox o Safari. Se probó: ${sentence(tried)}`,
  }),
  'encoder-failed': ({ codec, reason }) => ({
    title: 'No se pudo escribir el vídeo.',
    action: `Inténtalo de nuevo; si se repite, usa otro navegador. ${codec}: ${sentence(reason)}`,
  }),
  'unfinished-lost': () => ({
    title: 'La película sin terminar ya no se puede conservar.',
    action:
      'El navegador necesitaba el espacio o, tras una actualización, ya no puede usar lo que había. Haz la película de nuevo.',
  }),
  'clip-missing': ({ name }) => ({
    title: `El clip «${name}» ya no está aquí.`,
    action:
      'Otra pestaña lo ha borrado o el navegador necesitaba el espacio. Con sus ajustes se hace de nuevo.',
  }),
  'clip-unreadable': ({ reason }) => ({
    title: 'Este clip no se puede leer aquí.',
    action: `Guarda el MP4 y ábrelo con otro programa. ${sentence(reason)}`,
  }),
  'worker-died': ({ worker, cause, detail }) => ({
    title: `El worker «${worker}» terminó en mitad de su trabajo.`,
    action: {
      'not-loaded':
        'No se pudo cargar su código: comprueba la conexión y vuelve a cargar la página.',
      threw: `Inténtalo de nuevo; si se repite, avísanos: ${sentence(detail)}`,
      stopped:
        'Casi siempre falta memoria: cierra otras pestañas y programas e inténtalo de nuevo.',
    }[cause],
  }),
  'call-misused': ({ call, state, expected }) => ({
    title: 'El propio estudio cometió un error.',
    action: `Inténtalo de nuevo y, por favor, avísanos de esto: ${call} llegó en ${state}; se espera: ${sentence(expected)}`,
  }),
  'language-unreachable': ({ name, reason }) => ({
    title: `No se pudieron cargar los textos en ${name}.`,
    action: `Comprueba la conexión y vuelve a elegir el idioma. ${sentence(reason)}`,
  }),
  cancelled: () => ({
    title: 'Cancelado.',
    action: 'No se guarda nada a medias; empieza de nuevo cuando quieras.',
  }),
  unexpected: ({ reason }) => ({
    title: 'Algo salió mal que nadie había previsto.',
    action: `Inténtalo de nuevo; si se repite, avísanos: ${sentence(reason)}`,
  }),
};

const ASKED: Record<AskedConditioning, { what: string; instead: string }> = {
  length: { what: 'hacer una película tan larga', instead: 'Pide una película más corta' },
  continue: { what: 'seguir desde una toma anterior', instead: 'Empieza la toma con un corte' },
  startPicture: { what: 'empezar con una imagen', instead: 'Quita la primera imagen' },
  endPicture: { what: 'terminar en una imagen', instead: 'Quita la última imagen' },
  loop: { what: 'hacer una película que acabe donde empieza', instead: 'Renuncia al bucle' },
  retake: { what: 'repetir una parte de una película', instead: 'Vuelve a hacer la toma entera' },
};

const LINK_FAULTS: Record<LinkFault, ErrorMessage> = {
  damaged: {
    title: 'Este enlace está dañado.',
    action: 'Cópialo otra vez, entero: puede que una parte se perdiera por el camino.',
  },
  'not-ours': {
    title: 'Este enlace no lo hizo esta página.',
    action: 'No se ha tomado nada de él. Pide la película como archivo.',
  },
};

const PICTURE_FAULTS: Record<PictureFault, (detail: string) => ErrorMessage> = {
  'not-a-picture': (detail) => ({
    title: 'Este archivo no es una imagen que el navegador pueda leer.',
    action: `Usa un archivo PNG, JPEG o WebP. Dice: ${sentence(detail)}`,
  }),
  'too-large': (detail) => ({
    title: 'Esta imagen es demasiado grande.',
    action: `Redúcela a 8192 píxeles por lado como máximo. Tiene: ${sentence(detail)}`,
  }),
  animated: (detail) => ({
    title: 'Esta imagen se mueve.',
    action: `Usa una que esté quieta: el movimiento lo pone la película. Es: ${sentence(detail)}`,
  }),
};

const notices: NoticeMessages = {
  device(facts) {
    if (facts.kind === 'webgpu') {
      return `Funciona en el procesador gráfico${facts.adapter === '' ? '' : ` (${facts.adapter})`}.`;
    }
    const { threadCount, refusal } = facts;
    const threads = threadCount === 1 ? 'un hilo' : `${count(threadCount)} hilos`;
    return `Funciona en el procesador con ${threads}, más lento que un procesador gráfico. ${gpuRefusal(refusal)}`;
  },
  'kept-in-memory'({ reason, byteLength }) {
    const why =
      reason === 'full'
        ? 'El almacenamiento de este navegador está lleno'
        : 'Este navegador no deja que las páginas guarden archivos';
    return `${why}, así que el modelo (${bytes(byteLength)}) se queda en memoria y se descargará de nuevo la próxima vez.`;
  },
  'waiting-for-other-tab': () =>
    'El modelo ya se está descargando, aquí o en otra pestaña; esta película lo espera.',
  'prompt-cut': ({ tokenCount, maxTokenCount, lastWord }) =>
    `El modelo lee los primeros ${count(maxTokenCount)} trozos de palabra; aquí hay ${count(tokenCount)}. Lo que sigue a «${lastWord}» no cuenta.`,
  'codec-uncommon': ({ codec }) =>
    `El vídeo está en ${codec}; algunos reproductores no lo muestran, un navegador sí.`,
};

const GPU_REFUSALS: Record<GpuRefusal['cause'], (detail: string) => string> = {
  'not-asked-for': () => 'Así se pidió.',
  'no-webgpu': () => 'Este navegador no tiene WebGPU o la página no se cargó por https.',
  'no-adapter': () => 'El navegador no ofrece ningún procesador gráfico.',
  'software-adapter': (name) => `El único procesador gráfico aquí es un programa (${name}).`,
  'missing-features': (names) => `Al procesador gráfico le falta: ${names}.`,
  'small-buffers': (byteLength) =>
    `El procesador gráfico admite como mucho ${bytes(Number(byteLength))} a la vez y el modelo necesita más.`,
  'no-device': (reason) => `El procesador gráfico no arrancó: ${sentence(reason)}`,
  'wrong-results': () => 'El procesador gráfico calculó mal en una prueba.',
};

function gpuRefusal({ cause, detail }: GpuRefusal): string {
  return GPU_REFUSALS[cause](detail);
}

function refused(value: string | undefined): string {
  if (value === undefined) return 'no encaja aquí';
  return value === '""' ? 'no puede quedar en blanco' : `no puede ser ${formats.typed(value)}`;
}

function expectation(it: Expectation): string {
  switch (it.kind) {
    case 'whole-number':
      return `un número entero de ${plain(it.min)} a ${plain(it.max)}`;
    case 'number':
      return `un número de ${plain(it.min)} a ${plain(it.max)}`;
    case 'text':
      return 'un texto';
    case 'true-or-false':
      return 'true o false';
    case 'list':
      return `una lista de ${plain(it.maxCount)} como máximo`;
    case 'png':
      return 'una imagen PNG como URL de datos';
    case 'film':
      return 'un objeto con prompt o rows';
    case 'row':
      return 'un objeto con prompt';
    case 'retakes':
      return 'un objeto con startSeconds, endSeconds y seed';
    case 'rows':
      return `una lista de 1 a ${plain(it.maxCount)} tomas`;
    case 'one-of':
      return `uno de ${it.names.join(', ')}`;
    case 'known-field':
      return `no existe ese campo; se conocen: ${it.names.join(', ')}`;
    case 'film-size':
      return `${it.widthPx} × ${it.heightPx}, el tamaño de la película`;
    case 'seconds-in-all':
      return `como mucho ${formats.seconds(it.maxSeconds)} en total`;
    case 'row-to-fade':
      return `otra transición, pues las tomas junto a un fundido duran ${formats.seconds(it.minSeconds)} o más`;
    case 'row-to-arrive':
      return `ninguna, o una toma de ${formats.seconds(it.minSeconds)} o más para llegar a ella`;
    case 'end-of-row':
      return 'un número: solo la última toma puede no tener fin';
    case 'no-end':
      return 'nada: esta toma no tiene fin';
    case 'cut-before-picture':
      return 'ninguna, pues esta toma sigue a la anterior; con un corte sí se puede';
    case 'own-end-of-film':
      return 'ninguno, pues la última toma no tiene fin o acaba en otra imagen';
    case 'start-before-end':
      return 'menos que endSeconds y dentro de la toma';
    case 'guidance-of-one':
      return '1: este modelo sigue la descripción por sí solo';
    case 'guidance-to-avoid':
      return 'nada: actúa mediante la fidelidad, que aquí es 1';
  }
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  prompt: 'La descripción',
  camera: 'La cámara',
  seconds: 'La duración',
  transition: 'La transición',
  startPicture: 'La primera imagen',
  endPicture: 'La última imagen',
  retakes: 'Lo repetido',
  seed: 'La semilla',
  stepCount: 'El número de pasos',
  guidance: 'La fidelidad',
  negativePrompt: 'Lo que hay que evitar',
  loops: 'El bucle',
  rows: 'El guion gráfico',
  widthPx: 'El ancho',
  heightPx: 'El alto',
};

function fieldName(place: string): string {
  return FIELD_NAMES[place] ?? `El campo «${place}»`;
}

function ofShot(row: number | undefined): string {
  return row === undefined ? '' : ` de la toma ${row}`;
}

function attempts(attemptCount: number): string {
  return attemptCount === 1 ? 'Un intento' : `${count(attemptCount)} intentos`;
}

function pictureAbility(starts: boolean, ends: boolean): string {
  if (!starts && !ends) return 'Trabaja solo con palabras';
  if (!starts) return 'Puede terminar en una imagen tuya';
  return `Puede empezar con una imagen tuya${ends ? ' y terminar en otra' : ''}`;
}

const stages: Record<Stage, string> = {
  obtain: 'Descargando el modelo',
  tokenize: 'Dividiendo el texto',
  'encode-text': 'Interpretando el texto',
  denoise: 'Quitando ruido',
  decode: 'Revelando las imágenes',
  upscale: 'Ampliando las imágenes',
  encode: 'Codificando el vídeo',
  mux: 'Armando el MP4',
};

const transitions: Record<Transition, string> = {
  continue: 'Continúa',
  cut: 'Corte',
  'cross-fade': 'Fundido',
};

const checks: Messages['checks'] = {
  gpu: {
    name: 'Procesador gráfico (WebGPU)',
    says: ({ gpu, refusal }) =>
      refusal
        ? `${gpuRefusal(refusal)} Los clips los hace el procesador, que tarda más. Activa la aceleración por hardware en los ajustes del navegador o prueba con una versión actual de Chrome, Edge o Safari.`
        : `Los clips se hacen en el procesador gráfico${gpu?.label ? ` (${gpu.label})` : ''}.`,
  },
  f16: {
    name: 'Números de medio tamaño (f16)',
    says: ({ gpu }) => {
      if (!gpu) return 'Sin procesador gráfico no importan.';
      return gpu.hasF16
        ? 'El procesador gráfico sabe calcular con ellos: los modelos más grandes ocupan la mitad.'
        : 'El procesador gráfico no sabe calcular con ellos. El modelo de aquí no los necesita; los más grandes ocupan más y tardan más.';
    },
  },
  codec: {
    name: 'Escribir vídeos (WebCodecs)',
    says: ({ codec }) => {
      if (codec === undefined) return 'Usa una versión actual de Chrome, Edge, Firefox o Safari.';
      return isH264(codec)
        ? 'Los vídeos se escriben en H.264, que se ve en todas partes.'
        : `Los vídeos se escriben en ${codec}; algunos reproductores no lo muestran, un navegador sí.`;
    },
  },
  storage: {
    name: 'Almacenamiento',
    says: ({ storage: { refusal, isPersisted, usageByteLength } }) => {
      if (refusal === 'full')
        return 'El almacenamiento de este navegador está lleno. Se pueden hacer clips, pero el modelo se descarga de nuevo en cada visita; si borras algo, habrá sitio.';
      if (refusal === 'denied')
        return 'Este navegador no deja que las páginas guarden archivos, como en algunas ventanas privadas. Se pueden hacer clips, pero el modelo se descarga de nuevo en cada visita.';
      const now =
        usageByteLength === undefined
          ? ''
          : ` Ahora guarda ${bytes(usageByteLength)} para este sitio.`;
      return isPersisted
        ? `El modelo puede quedarse en este navegador hasta que lo quites.${now}`
        : `El modelo puede quedarse en este navegador, que quizá lo borre por su cuenta si falta espacio.${now}`;
    },
  },
  isolation: {
    name: 'Página aislada',
    says: ({ isIsolated, threadCount }) => {
      if (!isIsolated)
        return 'Esta página no está separada de las demás, así que el navegador le da un solo hilo. Eso importa cuando los clips los hace el procesador. Recargar la página una vez puede ayudar.';
      return threadCount > 1
        ? `El procesador puede trabajar con ${count(threadCount)} hilos.`
        : 'El procesador tiene un solo núcleo y, por eso, un solo hilo para trabajar.';
    },
  },
};

/** The words of this language. */
export const es: Messages = {
  direction: 'ltr',
  formats,
  errors,
  notices,
  stages,
  transitions,

  title: 'Zoetrope',
  tagline: 'Escribe una frase y mírala moverse.',
  privacy: 'Los clips se hacen en esta pestaña. Tus palabras no salen de este dispositivo.',
  language: 'Idioma',
  promptLanguage: 'El modelo lee inglés: las descripciones en inglés funcionan mejor.',
  screensTitle: 'Pantallas',
  screens: { studio: 'Estudio', library: 'Biblioteca', models: 'Modelos' },
  prompt: '¿Qué pasa?',
  promptPlaceholder: 'a panda dances in the snow',
  examples: 'Ejemplos',
  seconds: 'Duración',
  secondsNumber: 'Duración en segundos',
  secondsUnit: 's',
  endless: 'Sin fin',
  shape: 'Formato',
  pictures: 'Imágenes',
  startPicture: 'Primera imagen',
  endPicture: 'Última imagen',
  pickPicture: 'Elegir, soltar o pegar',
  addShot: 'Añadir una toma',
  storyboard: 'Guion gráfico',
  transition: 'Transición',
  dragShot: 'Arrastrar a otro lugar',
  seed: 'Semilla',
  seedFree: 'Cada clip recibe una semilla nueva. El candado conserva esta.',
  seedLocked: 'Las mismas palabras y la misma semilla dan el mismo clip.',
  lockSeed: 'Bloquear la semilla',
  variations: 'Cuatro variaciones',
  openFilm: 'Abrir película',
  more: 'Más',
  stepCount: 'Pasos',
  stepCountHint: 'Más pasos son más finos y más lentos.',
  guidance: 'Fidelidad',
  guidanceHint: 'Más alta sigue las palabras con más rigor.',
  negativePrompt: 'Sin',
  negativePromptHint: 'Lo que la película debe evitar.',
  loops: 'Terminar donde empieza (bucle)',
  storesFilm: 'Escribir las descripciones en el MP4 para poder abrirlo aquí otra vez',
  model: 'Modelo',
  generate: 'Generar',
  generateKey: 'Ctrl + Intro',
  generateKeyMac: '⌘ Intro',
  cancel: 'Cancelar',
  stop: 'Parar',
  cancelKey: 'Esc',
  cancelling: 'Cancelando…',
  stopping: 'Parando…',
  consentTitle: 'Primero, una descarga',
  consentSaveData: 'Este dispositivo pide ahorrar datos.',
  consentDecline: 'Ahora no',
  progress: 'Progreso',
  preparing: 'Preparando',
  pause: 'Pausa',
  play: 'Reproducir',
  save: 'Guardar MP4',
  actionsTitle: 'Con este clip',
  loop: 'Hacer bucle',
  unloop: 'Quitar bucle',
  retakePart: 'Repetir una parte',
  retakeFrom: 'Desde',
  retakeTo: 'Hasta',
  retake: 'Repetir',
  retakeHint: 'El resto queda como está.',
  useSettings: 'Usar estos ajustes',
  saveFilm: 'Guardar película',
  steer: '¿Y ahora?',
  steerHint: 'qué pasa después',
  steerButton: 'Cambiar',
  steerTooLate: 'Demasiado tarde: ya se está haciendo la última parte.',
  unfinished: 'Película sin terminar',
  unfinishedKeep: 'Conservarla',
  unfinishedDrop: 'Descartar',
  variationsTitle: 'Variaciones',
  variationsHint: 'Elige una para seguir con ella. Solo esa se conserva.',
  goodToKnow: 'Conviene saber',
  firstLight: 'Un clip hecho por este modelo',
  statusCancelled: 'Cancelado. No se guarda nada a medias.',
  statusDone: 'El clip está listo.',
  statusStopped: 'Parado. Lo que ya estaba hecho se conserva.',
  statusOpened: 'La película está abierta.',

  // First visit
  about:
    'Zoetrope convierte una frase en una breve imagen en movimiento. El modelo funciona en esta pestaña, en tu propio dispositivo.',
  firstDownload: ({ missingByteLength, engineByteLength }) =>
    `Para el primer clip se descargan ${bytes(missingByteLength + engineByteLength)} una sola vez. Después, el modelo se queda en este navegador hasta que lo quites en «Modelos».`,
  consentCellular: 'Este dispositivo usa una red móvil: la descarga puede tener un coste.',
  checkTitle: '¿Funcionará aquí?',
  checking: 'Mirando qué puede hacer este navegador…',
  checkOverall: {
    pass: 'Sí.',
    slow: 'Sí, pero despacio: sin procesador gráfico.',
    missing: 'No: este navegador no puede escribir vídeos.',
  },
  checkVerdicts: { pass: 'bien', slow: 'lento', missing: 'falta' },
  checks,
  copyReport: 'Copiar informe',
  reportHolds:
    'Lo que se ve aquí, en inglés, con los nombres de tu navegador y tu procesador gráfico.',
  reportCopied: 'El informe está copiado.',
  reportToCopy: 'Copia este informe:',

  // Prompting
  understood: 'Entendido:',
  surprise: 'Sorpréndeme',
  wordsButton: 'Palabras',
  wordsTitle: 'Palabras que el modelo conoce',
  wordKinds: {
    cast: 'Personajes',
    actions: 'Acción',
    places: 'Lugar',
    times: 'Momento del día',
    weathers: 'Tiempo',
    cameras: 'Cámara',
  },
  undo: 'Deshacer',
  redo: 'Rehacer',
  statusBack: { undo: 'Ha vuelto lo que había antes.', redo: 'El cambio ha vuelto.' },
  statusTaken: 'La película anterior está en el formulario.',
  guide: 'Cómo escribir una descripción',
  advice: [
    'Una frase corta en inglés: quién, qué hace y dónde. En «Palabras» está todo lo que se enseñó al modelo.',
    'Los nombres, los textos, los números grandes y las historias largas no salen; una película de varias tomas, sí.',
    '¿No es lo que querías? Genera otra vez: otra semilla da otro clip.',
  ],
  themes: {
    animals: 'Animales',
    tales: 'Érase una vez',
    machines: 'Máquinas',
    far: 'Muy lejos',
  },
  unwatched:
    'En estos campos no se revisa la ortografía: algunos navegadores envían a su fabricante lo que revisan.',
  history: 'Descripciones anteriores',
  clearHistory: 'Vaciar la lista',
  historyCleared: 'La lista está vacía.',
  alike: (word, known) => `${word} → ${known}`,
  unknownWords: (unknown) =>
    `El modelo no conoce: ${unknown.join(', ')}. Elige mejor entre las «Palabras».`,
  openWords: (open) => `Fuera de su lista: ${open.join(', ')}.`,
  earlier: (rowCount, seed) => `${rowCount > 1 ? `${count(rowCount)} tomas, ` : ''}semilla ${seed}`,

  // Progress and queue
  preview: 'Vista previa',
  previewOf: (prompt) => `Vista previa: ${prompt}`,
  tellWhenDone: 'Avisarme cuando termine',
  tellRefused:
    'El navegador lo rechaza para este sitio. Permite las notificaciones en los ajustes del sitio e inténtalo de nuevo.',
  toldDone: 'Lo que pediste está listo.',
  toldAttention: 'El trabajo se ha detenido. Ven a ver.',
  addToQueue: 'Añadir a la cola',
  queue: 'Cola',
  queueStart: 'Iniciar la cola',
  stopAll: 'Parar todo',
  queueStates: { making: 'en curso', made: 'terminada', failed: 'fallida' },
  show: 'Mostrar',
  edit: 'Editar',
  queueFacts: (seconds, seed) =>
    `${seconds === Infinity ? 'hasta que la pares' : formats.seconds(seconds)} · semilla ${seed}`,
  moreShots: (shotCount) => `y ${count(shotCount)} ${shotCount === 1 ? 'toma' : 'tomas'} más`,
  moveUp: 'Subir',
  moveDown: 'Bajar',
  remove: 'Quitar',
  filmTool: (tool, prompt) => `${tool}: ${prompt}`,
  queueAdded: (number) => `Añadida a la cola con el número ${number}.`,
  queueMoved: (number, filmCount) => `Ahora es la número ${number} de ${filmCount}.`,
  queueNext: (prompt) => `A continuación: ${prompt}`,
  queueEdited: 'De vuelta en el formulario.',

  // Library
  libraryEmpty: 'Todavía no hay nada guardado.',
  libraryEmptyHint: 'Cada clip que termines se queda aquí hasta que lo borres.',
  libraryEmptyPrivate: 'El modo privado está activado: los clips que termines no se conservan.',
  libraryFirst: 'Hacer un clip',
  librarySearch: 'Buscar',
  libraryStarred: 'Solo destacados',
  libraryNoneFits: 'Ningún clip coincide.',
  libraryTotal: (clipCount, byteLength) =>
    `${clipCount === 1 ? 'Un clip' : `${count(clipCount)} clips`}, ${bytes(byteLength)}`,
  clipFacts: ({ frameCount, framesPerSecond, widthPx, heightPx }, byteLength) =>
    `${clock(frameCount / framesPerSecond)} · ${widthPx} × ${heightPx} · ${bytes(byteLength)}`,
  open: 'Abrir',
  rename: 'Cambiar nombre',
  delete: 'Borrar',
  clipLabels: (name) => ({
    play: `Reproducir «${name}»`,
    pause: `Pausar «${name}»`,
    star: `Destacar «${name}»`,
    more: `Más con «${name}»`,
    name: `Nombre de «${name}»`,
  }),
  clipsDeleted: (names) =>
    names.length === 1
      ? `«${names[0]}» se ha borrado.`
      : `Se han borrado ${count(names.length)} clips.`,
  dismiss: 'Ocultar',
  notKept: {
    full: 'Este clip no está en la biblioteca: el almacenamiento de este navegador está lleno. Guárdalo ahora; si borras clips, habrá sitio para el siguiente.',
    denied:
      'Este clip no está en la biblioteca: este navegador no deja que las páginas guarden archivos. Guárdalo ahora.',
  },
  export: 'Exportar',
  exportTitle: (name) => `Exportar «${name}»`,
  exportKinds: {
    mp4: { name: 'MP4', hint: 'el propio clip' },
    gif: { name: 'GIF', hint: 'se ve en todas partes, 256 colores por imagen' },
    'png-frames': { name: 'Fotogramas PNG', hint: 'todas las imágenes, en un zip' },
    'sprite-sheet': { name: 'Hoja de sprites', hint: 'todas las imágenes en un solo PNG' },
    poster: { name: 'Portada', hint: 'la primera imagen, en PNG' },
  },
  exporting: (name, fraction) => `${name}: ${percent(fraction)}`,
  exported: (name) => `${name} está en tus descargas.`,
  close: 'Cerrar',
  keptHere: 'Lo que guarda este navegador',
  privateMode: 'Modo privado',
  privateModeHint:
    'No se conserva ningún clip, ninguna parte de una película ni ningún ajuste, en ninguna pestaña, hasta que lo desactives. El modelo y lo que se guardó antes siguen ahí.',
  deleteEverything: 'Borrar todo',
  deleteEverythingHint:
    'Clips, modelos, partes de películas, ajustes y lo que permite que la página funcione sin conexión.',
  deleteEverythingQuestion: '¿Borrar todo? No se podrá recuperar.',
  keepIt: 'Conservarlo',
  deleteEverythingBusy: 'Borrando…',
  deleteEverythingRow: { before: 'Antes', after: 'Ahora' },
  siteData: (itemCount, usageByteLength) =>
    `${count(itemCount)} ${itemCount === 1 ? 'elemento' : 'elementos'}${usageByteLength === undefined ? '' : `; el navegador cuenta ${bytes(usageByteLength)}`}`,
  deleteEverythingNote:
    'Un navegador libera parte del espacio más tarde. Lo que está en pantalla desaparece cuando cierras la página.',

  // Sharing
  copyLink: 'Copiar enlace',
  linkCopied: 'El enlace está copiado. Lleva las palabras y los ajustes, no el clip.',
  linkToCopy: 'Copia este enlace:',
  linkWithoutPictures: 'Las imágenes se quedan aquí; guarda la película para enviarlas también.',
  shareFile: 'Compartir',
  fromLink: 'Viene de un enlace: revisa la película y luego pulsa «Generar».',

  // Models
  modelsHint:
    'Un modelo convierte tus palabras en imágenes. Se descarga una vez y se queda en este dispositivo.',
  modelsWait: 'Se está haciendo una película. Los modelos esperan hasta que termine.',
  modelInUse: 'En uso',
  modelUse: 'Usar este modelo',
  modelInstall: (missingByteLength) => `Instalar ${bytes(missingByteLength)}`,
  modelEngine: (engineByteLength) =>
    `${bytes(engineByteLength)} son del motor, que todos los modelos comparten.`,
  modelContinue: 'Continuar',
  modelVerify: 'Comprobar',
  modelParts: 'Partes, licencias y fuentes',
  modelWork: {
    install: 'Descargando',
    verify: 'Comprobando',
    remove: 'Quitando',
    use: 'Cambiando de modelo',
  },
  modelAbilities({ sizes, windowSeconds, ...offers }) {
    const window = formats.seconds(Math.round(windowSeconds * 10) / 10);
    return [
      `Hace ${sizes.map(({ shape, widthPx, heightPx }) => `${shape} (${widthPx}\u00a0×\u00a0${heightPx})`).join(', ')}`,
      offers.continues
        ? `Películas de cualquier duración, hechas en partes de ${window}`
        : `Clips de ${window}, no más largos`,
      pictureAbility(offers.startPictures, offers.endPictures),
      offers.guides
        ? 'Sigue las palabras con el rigor que quieras y evita lo que no deba salir'
        : 'Sigue las palabras con el rigor que aprendió',
    ];
  },
  modelState({ presence, keptByteLength, totalByteLength }, isInterrupted) {
    const total = bytes(totalByteLength);
    const part = `${formats.bytesIn(keptByteLength, totalByteLength)} de ${total}`;
    if (presence === 'whole') return `En este dispositivo, ${total}`;
    if (isInterrupted) return `Ya hay ${part} aquí: la descarga se interrumpió.`;
    if (presence === 'partly')
      return `Ya hay ${part} aquí; el resto llega cuando una película lo necesita.`;
    return keptByteLength > 0
      ? `No está en este dispositivo; comparte ${part} con un modelo que sí está.`
      : `No está en este dispositivo, ${total}`;
  },
  modelInstalled: (title) => `«${title}» está en este dispositivo.`,
  modelPaused: (title) => `Parado. Lo que ya llegó de «${title}» se conserva.`,
  modelCheckStopped: (title) =>
    `Parado. Lo que estaba dañado en «${title}» se descargará de nuevo con la próxima película.`,
  modelRemoved: (title) => `«${title}» ya no está en este navegador.`,
  modelRemoveQuestion: (title) =>
    `¿Quitar «${title}»? Tus clips terminados se quedan; habría que descargar el modelo otra vez.`,
  modelUsed: (title) => `Desde ahora las películas se hacen con «${title}».`,
  modelVerified(title, checkedCount, mendedCount) {
    const checked =
      checkedCount === 1
        ? `Se ha comprobado una parte de «${title}»`
        : `Se han comprobado ${count(checkedCount)} partes de «${title}»`;
    if (mendedCount === 0) return `${checked}: no hay nada dañado.`;
    return mendedCount === 1
      ? `${checked}: una estaba dañada y se ha descargado de nuevo.`
      : `${checked}: ${count(mendedCount)} estaban dañadas y se han descargado de nuevo.`;
  },
  persistence: '¿Se conservará?',
  persisted: 'Este navegador promete conservar los modelos y los clips hasta que los borres.',
  notPersisted:
    'Este navegador puede borrar modelos y clips cuando el dispositivo se quede sin espacio.',
  persist: 'Pedir al navegador que los conserve',
  persistRefused:
    'El navegador todavía no lo promete. Quizá lo haga más adelante, si vuelves a menudo o guardas esta página en marcadores.',

  // Offline
  updateReady: 'Hay una versión nueva lista.',
  updateOtherTabs: 'Hay una versión nueva lista. Cierra antes las otras pestañas de esta página.',
  shieldReady: 'Recargada, esta página es más rápida y no puede enviar nada a otra parte.',
  reload: 'Recargar',
  install: 'Instalar',

  stepOf: (stage, number, total) => {
    const unit = stage === 'denoise' ? 'paso' : 'fotograma';
    return total === undefined ? `${unit} ${number}` : `${unit} ${number} de ${total}`;
  },
  bytesOf: (done, total) => `${done} de ${total}`,
  timeLeft: (seconds, part) =>
    `tiempo restante${part === 'stage' ? ' de esta etapa' : ''}: cerca de ${duration(seconds)}`,
  consent({ missingByteLength, engineByteLength, keptByteLength }) {
    const total = bytes(missingByteLength + engineByteLength);
    const engine =
      engineByteLength > 0 ? ` y el motor que lo hace funcionar (${bytes(engineByteLength)})` : '';
    const kept = keptByteLength > 0 ? ` Otros ${bytes(keptByteLength)} ya están aquí.` : '';
    return {
      what: `Se descargan ${total} una sola vez: el modelo (${bytes(missingByteLength)})${engine}.${kept}`,
      where:
        'El modelo se queda en este dispositivo hasta que lo quites en «Modelos»; el motor se queda en la caché del navegador. El próximo clip empieza sin descarga.',
      accept: `Descargar ${total}`,
    };
  },

  shot: (number) => `Toma ${number}`,
  shotLabels: (number) => ({
    prompt: `¿Qué pasa en la toma ${number}?`,
    moveUp: `Subir la toma ${number}`,
    moveDown: `Bajar la toma ${number}`,
    remove: `Quitar la toma ${number}`,
    retake: `Repetir la toma ${number}`,
  }),
  moved: (number, shotCount) => `Ahora es la toma ${number} de ${shotCount}.`,
  filmLength: (seconds) =>
    seconds === Infinity ? 'hasta que la pares' : `${clock(seconds)} en total`,
  soFar: (seconds) => `${clock(seconds)} hasta ahora`,
  steered: (atSeconds, prompt) => `Desde ${clock(atSeconds, true)}: ${prompt}`,
  unfinishedFilm(seconds) {
    const kept = seconds < 1 ? 'menos de un segundo' : formats.seconds(Math.round(seconds));
    return `Se estaba haciendo una película cuando se cerró esta página: de ella se ${seconds < 1.5 ? 'conserva' : 'conservan'} ${kept}.`;
  },
  extend: (seconds) => `Alargar ${seconds} s`,
  variation: (number, seed) => `Variación ${number}, semilla ${seed}`,
  variationPending: (number) => `Variación ${number}, aún sin hacer`,
  variationLine: (number, variationCount, line) => `${number} de ${variationCount} · ${line}`,
  removePicture: (slot) => `Quitar ${slot.toLowerCase()}`,
  stored: (byteLength) => `${bytes(byteLength)} de modelos y películas en este dispositivo`,
  clip: (prompt) => `Clip: ${prompt}`,
};
