// German: the same sentences as in en.ts. Nobody is addressed as “du” or “Sie”; what to do stands in the infinitive.
import { isH264 } from '../../core/codec-candidates.ts';
import type { GpuRefusal } from '../../core/device.ts';
import type { AskedConditioning, LinkFault, PictureFault } from '../../core/errors.ts';
import type { Stage } from '../../core/event.ts';
import type { Expectation } from '../../core/expectation.ts';
import type { Transition } from '../../core/film.ts';
import type { ErrorMessage, ErrorMessages, Messages, NoticeMessages } from './en.ts';
import { fileName, formatsOf, sentence } from './formats.ts';

const formats = formatsOf('de');
const { bytes, clock, count, duration, percent, plain } = formats;

const errors: ErrorMessages = {
  'prompt-empty': ({ row }) => ({
    title:
      row === undefined
        ? 'Es gibt noch keine Beschreibung.'
        : `Szene ${row} hat noch keine Beschreibung.`,
    action: 'Schreiben, was passieren soll, zum Beispiel „a panda dances in the snow“.',
  }),
  'prompt-too-long': ({ row, place, characterCount, maxCharacterCount }) => ({
    title: `${inShot(row)}${fieldName(place)} hat ${count(characterCount)} Zeichen; höchstens ${count(maxCharacterCount)} gehen.`,
    action: `Um ${count(characterCount - maxCharacterCount)} oder mehr kürzen. Ein kurzer Satz wirkt am besten.`,
  }),
  'request-invalid': ({ row, place, value, expected }) => ({
    title: `${inShot(row)}${fieldName(place)} ${refused(value)}.`,
    action: `Erwartet: ${expectation(expected)}.`,
  }),
  'conditioning-missing': ({ row, asked }) => ({
    title: `Dieses Modell kann ${ASKED[asked].what}.`,
    action: `${ASKED[asked].instead}${row === undefined ? '' : ` (in Szene ${row})`} oder ein anderes Modell nehmen.`,
  }),
  'picture-unusable': ({ cause, detail }) => PICTURE_FAULTS[cause](detail),
  'film-version': ({ found, supported }) => ({
    title: 'Dieser Film wurde mit einer anderen Version von Zoetrope gespeichert.',
    action: `Die neueste Version dieser Seite laden oder den Film neu speichern: Er hat Version ${found}, diese Seite liest ${supported}.`,
  }),
  'film-unreadable': ({ name, reason }) => ({
    title: `In ${name} lässt sich kein Film lesen.`,
    action: `Einen Film öffnen, der als JSON gespeichert wurde, oder ein MP4, das mit seinen Beschreibungen gespeichert wurde. ${sentence(reason ?? 'In diese Datei wurde kein Film geschrieben')}`,
  }),
  'link-unusable': ({ cause }) => LINK_FAULTS[cause],
  'link-refused': () => ({
    title: 'Dieser Link verlangt einen Film, der hier nicht entstehen kann.',
    action: 'Vielleicht stammt er von einer anderen Version dieser Seite.',
  }),
  'link-too-long': ({ characterCount, maxCharacterCount }) => ({
    title: 'Dieser Film ist zu lang für einen Link.',
    action: `Stattdessen „Film speichern“ wählen und die Datei schicken: Ein Link mit ${count(characterCount)} Zeichen geht verloren, höchstens ${count(maxCharacterCount)} gehen.`,
  }),
  'size-unavailable': ({ widthPx, heightPx, sizes }) => ({
    title: `Clips mit ${widthPx} × ${heightPx} Pixeln macht dieses Modell nicht.`,
    action: `Eine dieser Größen wählen: ${sentence(sizes)}`,
  }),
  'catalogue-invalid': ({ url, place, value, expected }) => ({
    title: 'Die Liste der Modelle auf dieser Seite ist defekt.',
    action: `Den Betreibern der Seite melden: In ${url} ist ${place} ${value}; erwartet: ${sentence(expected)}`,
  }),
  'pack-format': ({ url, found, supported }) => ({
    title: 'Das Modell ist in einem Format verpackt, das diese Version nicht lesen kann.',
    action: `Die neueste Version laden oder das Paket neu bauen: ${url} hat Format ${found}, diese Version liest ${supported}.`,
  }),
  'pack-invalid': ({ url, place, value, expected }) => ({
    title: 'Die Beschreibung des Modells ist defekt.',
    action: `Das Paket neu bauen: In ${url} ist ${place} ${value}; erwartet: ${sentence(expected)}`,
  }),
  'pack-unreachable': ({ url, reason }) => ({
    title: 'Die Beschreibung des Modells ließ sich nicht laden.',
    action: `Die Verbindung prüfen und noch einmal versuchen. ${url}: ${sentence(reason)}`,
  }),
  'offline-without-model': ({ missingByteLength }) => ({
    title: 'Das Modell ist noch nicht auf diesem Gerät, und es gibt kein Netz.',
    action: `Mit dem Netz verbinden und ${bytes(missingByteLength)} laden; danach geht es ohne Netz.`,
  }),
  'shard-unreachable': ({ url, reason, attemptCount }) => ({
    title: 'Der Download ist abgebrochen.',
    action: `Die Verbindung prüfen und noch einmal versuchen; was da ist, bleibt erhalten. ${attempts(attemptCount)} für ${fileName(url)}: ${sentence(reason)}`,
  }),
  'shard-corrupt': ({ url, attemptCount }) => ({
    title: 'Ein Teil des Modells kommt beschädigt an.',
    action: `Ein anderes Netz nehmen oder es später versuchen; vielleicht verändert etwas unterwegs die Dateien. ${attempts(attemptCount)} für ${fileName(url)}; die Prüfsumme stimmte nie.`,
  }),
  'engine-unreachable': ({ reason }) => ({
    title: 'Das Programm, auf dem das Modell läuft, ließ sich nicht laden.',
    action: `Die Verbindung prüfen und noch einmal versuchen. ${sentence(reason)}`,
  }),
  'webgpu-missing': (refusal) => ({
    title: 'WebGPU steht hier nicht zur Verfügung.',
    action: `Die Hardwarebeschleunigung einschalten, den Browser aktualisieren oder den Prozessor nehmen (Gerät wasm; in der Adresse der Seite: ?device=wasm). ${gpuRefusal(refusal)}`,
  }),
  'webgpu-wrong': ({ relativeError }) => ({
    title: 'Der Grafikprozessor rechnet falsch.',
    action: `Den Browser oder den Grafiktreiber aktualisieren oder den Prozessor nehmen (Gerät wasm; in der Adresse der Seite: ?device=wasm). Ein Test lag um ${percent(relativeError)} daneben.`,
  }),
  'webgpu-lost': ({ reason }) => ({
    title: 'Der Grafikprozessor ist ausgefallen.',
    action: `Andere Tabs und Programme schließen, die ihn nutzen, und noch einmal versuchen. ${sentence(reason)}`,
  }),
  'out-of-memory': ({ step }) => ({
    title: 'Der Arbeitsspeicher reicht nicht aus.',
    action: `Andere Tabs und Programme schließen oder eine kleinere Größe wählen und noch einmal versuchen. Er war voll bei: ${sentence(step)}`,
  }),
  'graph-failed': ({ graph, reason }) => ({
    title: 'Das Modell ist mittendrin stehen geblieben.',
    action: `Noch einmal versuchen; passiert es wieder, bitte melden. ${graph}: ${sentence(reason)}`,
  }),
  'encoder-missing': ({ widthPx, heightPx, tried }) => ({
    title: `Dieser Browser kann kein Video mit ${widthPx} × ${heightPx} Pixeln schreiben.`,
    action: `Ein aktuelles Chrome, Edge, Firefox oder Safari nehmen. Probiert: ${sentence(tried)}`,
  }),
  'encoder-failed': ({ codec, reason }) => ({
    title: 'Das Video ließ sich nicht schreiben.',
    action: `Noch einmal versuchen; passiert es wieder, einen anderen Browser nehmen. ${codec}: ${sentence(reason)}`,
  }),
  'unfinished-lost': () => ({
    title: 'Der unfertige Film lässt sich nicht mehr behalten.',
    action:
      'Der Browser brauchte den Platz, oder er kann nach einer Aktualisierung mit den Teilen nichts mehr anfangen. Den Film noch einmal machen.',
  }),
  'clip-missing': ({ name }) => ({
    title: `Der Clip „${name}“ ist nicht mehr da.`,
    action:
      'Ein anderer Tab hat ihn gelöscht, oder der Browser brauchte den Platz. Mit seinen Einstellungen entsteht er neu.',
  }),
  'clip-unreadable': ({ reason }) => ({
    title: 'Dieser Clip lässt sich hier nicht lesen.',
    action: `Das MP4 speichern und in einem anderen Programm öffnen. ${sentence(reason)}`,
  }),
  'worker-died': ({ worker, cause, detail }) => ({
    title: `Der Worker „${worker}“ hat mitten in der Arbeit aufgehört.`,
    action: {
      'not-loaded':
        'Sein Skript ließ sich nicht laden: die Verbindung prüfen und die Seite neu laden.',
      threw: `Noch einmal versuchen; passiert es wieder, bitte melden: ${sentence(detail)}`,
      stopped:
        'Meist fehlt Arbeitsspeicher: andere Tabs und Programme schließen und noch einmal versuchen.',
    }[cause],
  }),
  'call-misused': ({ call, state, expected }) => ({
    title: 'Dem Studio ist selbst ein Fehler unterlaufen.',
    action: `Noch einmal versuchen und das hier bitte melden: ${call} kam bei ${state}; erwartet: ${sentence(expected)}`,
  }),
  'language-unreachable': ({ name, reason }) => ({
    title: `Die Texte für ${name} ließen sich nicht laden.`,
    action: `Die Verbindung prüfen und die Sprache noch einmal wählen. ${sentence(reason)}`,
  }),
  cancelled: () => ({
    title: 'Abgebrochen.',
    action: 'Nichts Halbfertiges bleibt zurück; ein neuer Anfang geht jederzeit.',
  }),
  unexpected: ({ reason }) => ({
    title: 'Etwas ist schiefgegangen, das niemand vorausgesehen hat.',
    action: `Noch einmal versuchen; passiert es wieder, bitte melden: ${sentence(reason)}`,
  }),
};

const ASKED: Record<AskedConditioning, { what: string; instead: string }> = {
  length: {
    what: 'keinen so langen Film machen',
    instead: 'Eine kürzere Länge wählen',
  },
  continue: {
    what: 'eine frühere Szene nicht weiterführen',
    instead: 'Die Szene mit einem Schnitt beginnen',
  },
  startPicture: {
    what: 'nicht mit einem Bild beginnen',
    instead: 'Das erste Bild entfernen',
  },
  endPicture: {
    what: 'nicht auf einem Bild enden',
    instead: 'Das letzte Bild entfernen',
  },
  loop: {
    what: 'keinen Film machen, der endet, wo er beginnt',
    instead: 'Auf die Schleife verzichten',
  },
  retake: {
    what: 'keinen Teil eines Films neu drehen',
    instead: 'Die ganze Szene neu machen',
  },
};

const LINK_FAULTS: Record<LinkFault, ErrorMessage> = {
  damaged: {
    title: 'Dieser Link ist beschädigt.',
    action: 'Noch einmal ganz kopieren: Vielleicht ging unterwegs ein Teil verloren.',
  },
  'not-ours': {
    title: 'Dieser Link stammt nicht von dieser Seite.',
    action: 'Nichts davon wurde übernommen. Um den Film als Datei bitten.',
  },
};

const PICTURE_FAULTS: Record<PictureFault, (detail: string) => ErrorMessage> = {
  'not-a-picture': (detail) => ({
    title: 'Diese Datei ist kein Bild, das der Browser lesen kann.',
    action: `Eine PNG-, JPEG- oder WebP-Datei nehmen. Gemeldet wird: ${sentence(detail)}`,
  }),
  'too-large': (detail) => ({
    title: 'Dieses Bild ist zu groß.',
    action: `Das Bild verkleinern, auf höchstens 8192 Pixel je Seite. Es hat: ${sentence(detail)}`,
  }),
  animated: (detail) => ({
    title: 'Dieses Bild bewegt sich.',
    action: `Eines nehmen, das stillsteht: Die Bewegung bringt der Film. Es ist: ${sentence(detail)}`,
  }),
};

const notices: NoticeMessages = {
  device(facts) {
    if (facts.kind === 'webgpu') {
      return `Läuft auf dem Grafikprozessor${facts.adapter === '' ? '' : ` (${facts.adapter})`}.`;
    }
    const { threadCount, refusal } = facts;
    const threads = threadCount === 1 ? 'einem Thread' : `${count(threadCount)} Threads`;
    return `Läuft auf dem Prozessor mit ${threads}, langsamer als auf einem Grafikprozessor. ${gpuRefusal(refusal)}`;
  },
  'kept-in-memory'({ reason, byteLength }) {
    const why =
      reason === 'full'
        ? 'Der Speicher dieses Browsers ist voll'
        : 'Dieser Browser lässt Seiten keine Dateien ablegen';
    return `${why}; deshalb bleibt das Modell (${bytes(byteLength)}) im Arbeitsspeicher und wird beim nächsten Mal neu geladen.`;
  },
  'waiting-for-other-tab': () =>
    'Das Modell wird schon geladen, hier oder in einem anderen Tab; dieser Film wartet darauf.',
  'prompt-cut': ({ tokenCount, maxTokenCount, lastWord }) =>
    `Das Modell liest die ersten ${count(maxTokenCount)} Wortteile; hier sind es ${count(tokenCount)}. Was nach „${lastWord}“ kommt, zählt nicht.`,
  'codec-uncommon': ({ codec }) =>
    `Das Video ist in ${codec}; manche Player zeigen das nicht, ein Browser schon.`,
};

const GPU_REFUSALS: Record<GpuRefusal['cause'], (detail: string) => string> = {
  'not-asked-for': () => 'So wurde es verlangt.',
  'no-webgpu': () =>
    'Dieser Browser hat kein WebGPU, oder die Seite wurde nicht über https geladen.',
  'no-adapter': () => 'Der Browser bietet keinen Grafikprozessor an.',
  'software-adapter': (name) => `Der einzige Grafikprozessor hier ist ein Programm (${name}).`,
  'missing-features': (names) => `Dem Grafikprozessor fehlt: ${names}.`,
  'small-buffers': (byteLength) =>
    `Der Grafikprozessor nimmt höchstens ${bytes(Number(byteLength))} auf einmal, und das Modell braucht mehr.`,
  'no-device': (reason) => `Der Grafikprozessor ist nicht angelaufen: ${sentence(reason)}`,
  'wrong-results': () => 'Der Grafikprozessor hat in einem Test falsch gerechnet.',
};

function gpuRefusal({ cause, detail }: GpuRefusal): string {
  return GPU_REFUSALS[cause](detail);
}

function refused(value: string | undefined): string {
  if (value === undefined) return 'passt hier nicht';
  return value === '""' ? 'darf nicht leer sein' : `kann nicht ${formats.typed(value)} sein`;
}

function expectation(it: Expectation): string {
  switch (it.kind) {
    case 'whole-number':
      return `eine ganze Zahl von ${plain(it.min)} bis ${plain(it.max)}`;
    case 'number':
      return `eine Zahl von ${plain(it.min)} bis ${plain(it.max)}`;
    case 'text':
      return 'ein Text';
    case 'true-or-false':
      return 'true oder false';
    case 'list':
      return `eine Liste von höchstens ${plain(it.maxCount)}`;
    case 'png':
      return 'ein PNG-Bild als Data-URL';
    case 'film':
      return 'ein Objekt mit prompt oder rows';
    case 'row':
      return 'ein Objekt mit prompt';
    case 'retakes':
      return 'ein Objekt mit startSeconds, endSeconds und seed';
    case 'rows':
      return `eine Liste mit 1 bis ${plain(it.maxCount)} Szenen`;
    case 'one-of':
      return `eines von ${it.names.join(', ')}`;
    case 'known-field':
      return `kein solches Feld; bekannt sind ${it.names.join(', ')}`;
    case 'film-size':
      return `${it.widthPx} × ${it.heightPx}, die Größe des Films`;
    case 'seconds-in-all':
      return `zusammen höchstens ${formats.seconds(it.maxSeconds)}`;
    case 'row-to-fade':
      return `ein anderer Übergang, denn Szenen neben einer Überblendung dauern ${formats.seconds(it.minSeconds)} oder länger`;
    case 'row-to-arrive':
      return `keines oder eine Szene von ${formats.seconds(it.minSeconds)} oder mehr, um dort anzukommen`;
    case 'end-of-row':
      return 'eine Zahl: Nur die letzte Szene kann ohne Ende sein';
    case 'no-end':
      return 'nichts: Diese Szene hat kein Ende';
    case 'cut-before-picture':
      return 'keines, denn diese Szene führt die vorige weiter; mit einem Schnitt geht es';
    case 'own-end-of-film':
      return 'keine, denn die letzte Szene hat kein Ende oder endet auf einem anderen Bild';
    case 'start-before-end':
      return 'weniger als endSeconds und innerhalb der Szene';
    case 'guidance-of-one':
      return '1: Dieses Modell folgt der Beschreibung von selbst';
    case 'guidance-to-avoid':
      return 'nichts: Es wirkt durch die Texttreue, und die ist hier 1';
  }
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  prompt: 'Die Beschreibung',
  camera: 'Die Kamera',
  seconds: 'Die Länge',
  transition: 'Der Übergang',
  startPicture: 'Das erste Bild',
  endPicture: 'Das letzte Bild',
  retakes: 'Das neu Gedrehte',
  seed: 'Der Startwert',
  stepCount: 'Die Zahl der Schritte',
  guidance: 'Die Texttreue',
  negativePrompt: 'Das zu Vermeidende',
  loops: 'Die Schleife',
  rows: 'Das Storyboard',
  widthPx: 'Die Breite',
  heightPx: 'Die Höhe',
};

function fieldName(place: string): string {
  return FIELD_NAMES[place] ?? `„${place}“`;
}

function inShot(row: number | undefined): string {
  return row === undefined ? '' : `Szene ${row}: `;
}

function attempts(attemptCount: number): string {
  return attemptCount === 1 ? 'Ein Versuch' : `${count(attemptCount)} Versuche`;
}

function pictureAbility(starts: boolean, ends: boolean): string {
  if (!starts && !ends) return 'Arbeitet allein mit Worten';
  if (!starts) return 'Kann auf einem eigenen Bild enden';
  return `Kann mit einem eigenen Bild beginnen${ends ? ' und auf einem enden' : ''}`;
}

const stages: Record<Stage, string> = {
  obtain: 'Modell holen',
  tokenize: 'Text zerlegen',
  'encode-text': 'Text verstehen',
  denoise: 'Entrauschen',
  decode: 'Bilder entwickeln',
  upscale: 'Bilder vergrößern',
  encode: 'Video schreiben',
  mux: 'MP4 packen',
};

const transitions: Record<Transition, string> = {
  continue: 'Geht weiter',
  cut: 'Schnitt',
  'cross-fade': 'Überblendung',
};

const checks: Messages['checks'] = {
  gpu: {
    name: 'Grafikprozessor (WebGPU)',
    says: ({ gpu, refusal }) =>
      refusal
        ? `${gpuRefusal(refusal)} Die Clips entstehen stattdessen auf dem Prozessor, was länger dauert. In den Einstellungen des Browsers die Hardwarebeschleunigung einschalten oder ein aktuelles Chrome, Edge oder Safari probieren.`
        : `Clips entstehen auf dem Grafikprozessor${gpu?.label ? ` (${gpu.label})` : ''}.`,
  },
  f16: {
    name: 'Zahlen halber Größe (f16)',
    says: ({ gpu }) => {
      if (!gpu) return 'Ohne Grafikprozessor spielen sie keine Rolle.';
      return gpu.hasF16
        ? 'Der Grafikprozessor kann mit ihnen rechnen: Größere Modelle brauchen dann nur halb so viel Platz.'
        : 'Der Grafikprozessor kann nicht mit ihnen rechnen. Das Modell hier kommt ohne sie aus; größere brauchen mehr Platz und Zeit.';
    },
  },
  codec: {
    name: 'Videos schreiben (WebCodecs)',
    says: ({ codec }) => {
      if (codec === undefined) return 'Ein aktuelles Chrome, Edge, Firefox oder Safari nehmen.';
      return isH264(codec)
        ? 'Videos werden in H.264 geschrieben, das überall läuft.'
        : `Videos werden in ${codec} geschrieben; manche Player zeigen das nicht, ein Browser schon.`;
    },
  },
  storage: {
    name: 'Speicher',
    says: ({ storage: { refusal, isPersisted, usageByteLength } }) => {
      if (refusal === 'full')
        return 'Der Speicher dieses Browsers ist voll. Clips gelingen trotzdem, aber das Modell wird bei jedem Besuch neu geladen; etwas zu löschen macht Platz.';
      if (refusal === 'denied')
        return 'Dieser Browser lässt Seiten keine Dateien ablegen, wie in manchen privaten Fenstern. Clips gelingen trotzdem, aber das Modell wird bei jedem Besuch neu geladen.';
      const now =
        usageByteLength === undefined
          ? ''
          : ` Jetzt bewahrt er ${bytes(usageByteLength)} für diese Seite auf.`;
      return isPersisted
        ? `Das Modell kann in diesem Browser bleiben, bis es entfernt wird.${now}`
        : `Das Modell kann in diesem Browser bleiben; wird der Platz knapp, löscht er es vielleicht von selbst.${now}`;
    },
  },
  isolation: {
    name: 'Abgeschirmte Seite',
    says: ({ isIsolated, threadCount }) => {
      if (!isIsolated)
        return 'Diese Seite ist nicht von anderen abgeschirmt, deshalb gibt ihr der Browser nur einen Thread. Das zählt, wo die Clips auf dem Prozessor entstehen. Die Seite einmal neu zu laden, hilft vielleicht.';
      return threadCount > 1
        ? `Der Prozessor kann mit ${count(threadCount)} Threads arbeiten.`
        : 'Der Prozessor hat nur einen Kern und arbeitet deshalb mit einem Thread.';
    },
  },
};

/** The words of this language. */
export const de: Messages = {
  direction: 'ltr',
  formats,
  errors,
  notices,
  stages,
  transitions,

  title: 'Zoetrope',
  tagline: 'Ein Satz, und er bewegt sich.',
  privacy: 'Clips entstehen in diesem Tab. Was hier geschrieben wird, bleibt auf diesem Gerät.',
  language: 'Sprache',
  promptLanguage: 'Das Modell liest Englisch: Auf Englisch beschrieben gelingt es am besten.',
  screensTitle: 'Ansichten',
  screens: { studio: 'Studio', library: 'Bibliothek', models: 'Modelle' },
  prompt: 'Was passiert?',
  promptPlaceholder: 'a panda dances in the snow',
  examples: 'Beispiele',
  seconds: 'Länge',
  secondsNumber: 'Länge in Sekunden',
  secondsUnit: 's',
  endless: 'Ohne Ende',
  shape: 'Format',
  pictures: 'Bilder',
  startPicture: 'Erstes Bild',
  endPicture: 'Letztes Bild',
  pickPicture: 'Wählen, ablegen oder einfügen',
  addShot: 'Szene hinzufügen',
  storyboard: 'Storyboard',
  transition: 'Übergang',
  dragShot: 'An eine andere Stelle ziehen',
  seed: 'Startwert',
  seedFree: 'Jeder Clip bekommt einen neuen Startwert. Das Schloss hält diesen fest.',
  seedLocked: 'Gleiche Worte und gleicher Startwert ergeben den gleichen Clip.',
  lockSeed: 'Startwert festhalten',
  variations: 'Vier Varianten',
  openFilm: 'Film öffnen',
  more: 'Mehr',
  stepCount: 'Schritte',
  stepCountHint: 'Mehr sind feiner und langsamer.',
  guidance: 'Texttreue',
  guidanceHint: 'Mehr folgt den Worten strenger.',
  negativePrompt: 'Ohne',
  negativePromptHint: 'Was der Film vermeiden soll.',
  loops: 'Enden, wo er beginnt (Schleife)',
  storesFilm: 'Die Beschreibungen in das MP4 schreiben, damit es hier wieder geöffnet werden kann',
  model: 'Modell',
  generate: 'Erzeugen',
  generateKey: 'Strg + Enter',
  generateKeyMac: '⌘ Enter',
  cancel: 'Abbrechen',
  stop: 'Stopp',
  cancelKey: 'Esc',
  cancelling: 'Wird abgebrochen …',
  stopping: 'Wird gestoppt …',
  consentTitle: 'Zuerst ein Download',
  consentSaveData: 'Dieses Gerät möchte Daten sparen.',
  consentDecline: 'Jetzt nicht',
  progress: 'Fortschritt',
  preparing: 'Wird vorbereitet',
  pause: 'Pause',
  play: 'Abspielen',
  save: 'MP4 speichern',
  actionsTitle: 'Mit diesem Clip',
  loop: 'Zur Schleife machen',
  unloop: 'Schleife auflösen',
  retakePart: 'Einen Teil neu drehen',
  retakeFrom: 'Von',
  retakeTo: 'Bis',
  retake: 'Neu drehen',
  retakeHint: 'Der Rest bleibt, wie er ist.',
  useSettings: 'Diese Einstellungen nehmen',
  saveFilm: 'Film speichern',
  steer: 'Und jetzt?',
  steerHint: 'was als Nächstes passiert',
  steerButton: 'Ändern',
  steerTooLate: 'Zu spät: Der letzte Teil entsteht schon.',
  unfinished: 'Unfertiger Film',
  unfinishedKeep: 'Behalten',
  unfinishedDrop: 'Verwerfen',
  variationsTitle: 'Varianten',
  variationsHint: 'Eine auswählen, um damit weiterzumachen. Nur diese wird aufbewahrt.',
  goodToKnow: 'Gut zu wissen',
  firstLight: 'Ein Clip, den dieses Modell gemacht hat',
  statusCancelled: 'Abgebrochen. Nichts Halbfertiges bleibt zurück.',
  statusDone: 'Der Clip ist fertig.',
  statusStopped: 'Gestoppt. Was schon da war, bleibt erhalten.',
  statusOpened: 'Der Film ist geöffnet.',

  // First visit
  about:
    'Zoetrope macht aus einem Satz ein kurzes bewegtes Bild. Das Modell läuft in diesem Tab, auf dem eigenen Gerät.',
  firstDownload: ({ missingByteLength, engineByteLength }) =>
    `Für den ersten Clip werden einmalig ${bytes(missingByteLength + engineByteLength)} geladen. Danach bleibt das Modell in diesem Browser, bis es unter „Modelle“ entfernt wird.`,
  consentCellular: 'Dieses Gerät ist im Mobilfunknetz; der Download kann Geld kosten.',
  checkTitle: 'Läuft es hier?',
  checking: 'Wird geprüft, was dieser Browser kann …',
  checkOverall: {
    pass: 'Ja.',
    slow: 'Ja, aber langsam: ohne Grafikprozessor.',
    missing: 'Nein: Dieser Browser kann keine Videos schreiben.',
  },
  checkVerdicts: { pass: 'gut', slow: 'langsam', missing: 'fehlt' },
  checks,
  copyReport: 'Bericht kopieren',
  reportHolds: 'Was hier steht, auf Englisch, mit den Namen von Browser und Grafikprozessor.',
  reportCopied: 'Der Bericht ist kopiert.',
  reportToCopy: 'Diesen Bericht kopieren:',

  // Prompting
  understood: 'Verstanden:',
  surprise: 'Überraschen lassen',
  wordsButton: 'Wörter',
  wordsTitle: 'Wörter, die das Modell kennt',
  wordKinds: {
    cast: 'Figuren',
    actions: 'Handlung',
    places: 'Ort',
    times: 'Tageszeit',
    weathers: 'Wetter',
    cameras: 'Kamera',
  },
  undo: 'Rückgängig',
  redo: 'Wiederherstellen',
  statusBack: {
    undo: 'Was vorher hier stand, ist wieder da.',
    redo: 'Die Änderung ist wieder da.',
  },
  statusTaken: 'Der frühere Film steht im Formular.',
  guide: 'Wie eine Beschreibung gelingt',
  advice: [
    'Ein kurzer Satz auf Englisch: wer was wo tut. Unter „Wörter“ steht alles, was das Modell gelernt hat.',
    'Namen, Schrift, große Zahlen und lange Geschichten gelingen nicht; ein Film aus mehreren Szenen schon.',
    'Anders gedacht? Noch einmal erzeugen: Ein anderer Startwert ergibt einen anderen Clip.',
  ],
  themes: {
    animals: 'Tiere',
    tales: 'Es war einmal',
    machines: 'Maschinen',
    far: 'Weit weg',
  },
  unwatched:
    'In diesen Feldern wird die Rechtschreibung nicht geprüft: Manche Browser senden, was sie prüfen, an ihren Hersteller.',
  history: 'Frühere Beschreibungen',
  clearHistory: 'Liste leeren',
  historyCleared: 'Die Liste ist leer.',
  alike: (word, known) => `${word} → ${known}`,
  unknownWords: (unknown) =>
    `Dem Modell unbekannt: ${unknown.join(', ')}. Stattdessen aus „Wörter“ wählen.`,
  openWords: (open) => `Nicht in seiner Liste: ${open.join(', ')}.`,
  earlier: (rowCount, seed) =>
    `${rowCount > 1 ? `${count(rowCount)} Szenen, ` : ''}Startwert ${seed}`,

  // Progress and queue
  preview: 'Vorschau',
  previewOf: (prompt) => `Vorschau: ${prompt}`,
  tellWhenDone: 'Melden, wenn es fertig ist',
  tellRefused:
    'Der Browser lehnt es für diese Seite ab. In den Website-Einstellungen Benachrichtigungen erlauben und noch einmal versuchen.',
  toldDone: 'Was gewünscht war, ist fertig.',
  toldAttention: 'Die Arbeit steht still. Bitte nachsehen.',
  addToQueue: 'In die Warteschlange',
  queue: 'Warteschlange',
  queueStart: 'Warteschlange starten',
  stopAll: 'Alles stoppen',
  queueStates: { making: 'in Arbeit', made: 'fertig', failed: 'fehlgeschlagen' },
  show: 'Zeigen',
  edit: 'Bearbeiten',
  queueFacts: (seconds, seed) =>
    `${seconds === Infinity ? 'bis zum Stopp' : formats.seconds(seconds)} · Startwert ${seed}`,
  moreShots: (shotCount) =>
    `und ${count(shotCount)} weitere ${shotCount === 1 ? 'Szene' : 'Szenen'}`,
  moveUp: 'Nach oben schieben',
  moveDown: 'Nach unten schieben',
  remove: 'Entfernen',
  filmTool: (tool, prompt) => `${tool}: ${prompt}`,
  queueAdded: (number) => `In der Warteschlange, Nummer ${number}.`,
  queueMoved: (number, filmCount) => `Jetzt Nummer ${number} von ${filmCount}.`,
  queueNext: (prompt) => `Als Nächstes: ${prompt}`,
  queueEdited: 'Wieder im Formular.',

  // Library
  libraryEmpty: 'Noch ist nichts aufbewahrt.',
  libraryEmptyHint: 'Jeder fertige Clip bleibt hier, bis er gelöscht wird.',
  libraryEmptyPrivate: 'Der private Modus ist an: Fertige Clips werden nicht aufbewahrt.',
  libraryFirst: 'Einen Clip machen',
  librarySearch: 'Suchen',
  libraryStarred: 'Nur mit Stern',
  libraryNoneFits: 'Kein Clip passt dazu.',
  libraryTotal: (clipCount, byteLength) =>
    `${clipCount === 1 ? 'Ein Clip' : `${count(clipCount)} Clips`}, ${bytes(byteLength)}`,
  clipFacts: ({ frameCount, framesPerSecond, widthPx, heightPx }, byteLength) =>
    `${clock(frameCount / framesPerSecond)} · ${widthPx} × ${heightPx} · ${bytes(byteLength)}`,
  open: 'Öffnen',
  rename: 'Umbenennen',
  delete: 'Löschen',
  clipLabels: (name) => ({
    play: `„${name}“ abspielen`,
    pause: `„${name}“ anhalten`,
    star: `Stern für „${name}“`,
    more: `Mehr mit „${name}“`,
    name: `Name von „${name}“`,
  }),
  clipsDeleted: (names) =>
    names.length === 1
      ? `„${names[0]}“ ist gelöscht.`
      : `${count(names.length)} Clips sind gelöscht.`,
  dismiss: 'Ausblenden',
  notKept: {
    full: 'Dieser Clip ist nicht in der Bibliothek: Der Speicher dieses Browsers ist voll. Den Clip jetzt speichern; Clips zu löschen macht Platz für den nächsten.',
    denied:
      'Dieser Clip ist nicht in der Bibliothek: Dieser Browser lässt Seiten keine Dateien ablegen. Den Clip jetzt speichern.',
  },
  export: 'Exportieren',
  exportTitle: (name) => `„${name}“ exportieren`,
  exportKinds: {
    mp4: { name: 'MP4', hint: 'der Clip selbst' },
    gif: { name: 'GIF', hint: 'läuft überall, 256 Farben je Bild' },
    'png-frames': { name: 'PNG-Bilder', hint: 'jedes Bild, in einer ZIP-Datei' },
    'sprite-sheet': { name: 'Sprite-Sheet', hint: 'alle Bilder auf einem PNG' },
    poster: { name: 'Titelbild', hint: 'das erste Bild, als PNG' },
  },
  exporting: (name, fraction) => `${name}: ${percent(fraction)}`,
  exported: (name) => `${name} liegt bei den Downloads.`,
  close: 'Schließen',
  keptHere: 'Was dieser Browser aufbewahrt',
  privateMode: 'Privater Modus',
  privateModeHint:
    'Kein Clip, kein Teil eines Films und keine Einstellung wird aufbewahrt, in jedem Tab, bis der Modus ausgeschaltet wird. Das Modell und was schon aufbewahrt war, bleiben.',
  deleteEverything: 'Alles löschen',
  deleteEverythingHint:
    'Clips, Modelle, Teile von Filmen, Einstellungen und was die Seite ohne Netz laufen lässt.',
  deleteEverythingQuestion: 'Alles löschen? Es lässt sich nicht zurückholen.',
  keepIt: 'Behalten',
  deleteEverythingBusy: 'Wird gelöscht …',
  deleteEverythingRow: { before: 'Vorher', after: 'Jetzt' },
  siteData: (itemCount, usageByteLength) =>
    `${count(itemCount)} ${itemCount === 1 ? 'Eintrag' : 'Einträge'}${usageByteLength === undefined ? '' : `; der Browser zählt ${bytes(usageByteLength)}`}`,
  deleteEverythingNote:
    'Manchen Platz gibt ein Browser erst später frei. Was auf dem Bildschirm steht, verschwindet, wenn die Seite geschlossen wird.',

  // Sharing
  copyLink: 'Link kopieren',
  linkCopied: 'Der Link ist kopiert. Er enthält Worte und Einstellungen, nicht den Clip.',
  linkToCopy: 'Diesen Link kopieren:',
  linkWithoutPictures: 'Bilder bleiben hier; den Film speichern, um sie mitzuschicken.',
  shareFile: 'Teilen',
  fromLink: 'Aus einem Link: erst ansehen, dann „Erzeugen“ drücken.',

  // Models
  modelsHint:
    'Ein Modell macht aus Worten Bilder. Es wird einmal geladen und bleibt auf diesem Gerät.',
  modelsWait: 'Gerade entsteht ein Film. Die Modelle warten, bis er fertig ist.',
  modelInUse: 'In Gebrauch',
  modelUse: 'Dieses Modell nehmen',
  modelInstall: (missingByteLength) => `${bytes(missingByteLength)} installieren`,
  modelEngine: (engineByteLength) =>
    `${bytes(engineByteLength)} davon sind das Programm, auf dem alle Modelle laufen.`,
  modelContinue: 'Fortsetzen',
  modelVerify: 'Prüfen',
  modelParts: 'Teile, Lizenzen und Quellen',
  modelWork: {
    install: 'Wird geladen',
    verify: 'Wird geprüft',
    remove: 'Wird entfernt',
    use: 'Das Modell wird gewechselt',
  },
  modelAbilities({ sizes, windowSeconds, ...offers }) {
    const window = formats.seconds(Math.round(windowSeconds * 10) / 10);
    return [
      `Macht ${sizes.map(({ shape, widthPx, heightPx }) => `${shape} (${widthPx}\u00a0×\u00a0${heightPx})`).join(', ')}`,
      offers.continues
        ? `Filme jeder Länge, in Stücken von ${window}`
        : `Clips von ${window}, nicht länger`,
      pictureAbility(offers.startPictures, offers.endPictures),
      offers.guides
        ? 'Folgt den Worten so streng wie gewünscht und meidet, was nicht vorkommen soll'
        : 'Folgt den Worten so streng, wie es gelernt hat',
    ];
  },
  modelState({ presence, keptByteLength, totalByteLength }, isInterrupted) {
    const total = bytes(totalByteLength);
    const part = `${formats.bytesIn(keptByteLength, totalByteLength)} von ${total}`;
    if (presence === 'whole') return `Auf diesem Gerät, ${total}`;
    if (isInterrupted) return `${part} sind hier: Der Download wurde unterbrochen.`;
    if (presence === 'partly')
      return `${part} sind hier; der Rest kommt, wenn ein Film ihn braucht.`;
    return keptByteLength > 0
      ? `Nicht auf diesem Gerät; es teilt sich ${part} mit einem Modell, das hier ist.`
      : `Nicht auf diesem Gerät, ${total}`;
  },
  modelInstalled: (title) => `„${title}“ ist auf diesem Gerät.`,
  modelPaused: (title) => `Gestoppt. Was von „${title}“ schon da ist, bleibt erhalten.`,
  modelCheckStopped: (title) =>
    `Gestoppt. Was an „${title}“ beschädigt war, wird mit dem nächsten Film neu geladen.`,
  modelRemoved: (title) => `„${title}“ ist aus diesem Browser entfernt.`,
  modelRemoveQuestion: (title) =>
    `„${title}“ entfernen? Fertige Clips bleiben; das Modell müsste neu geladen werden.`,
  modelUsed: (title) => `Filme entstehen von jetzt an mit „${title}“.`,
  modelVerified(title, checkedCount, mendedCount) {
    const checked =
      checkedCount === 1
        ? `Ein Teil von „${title}“ wurde geprüft`
        : `${count(checkedCount)} Teile von „${title}“ wurden geprüft`;
    if (mendedCount === 0) return `${checked}: Nichts ist beschädigt.`;
    return mendedCount === 1
      ? `${checked}: Einer war beschädigt und wurde neu geladen.`
      : `${checked}: ${count(mendedCount)} waren beschädigt und wurden neu geladen.`;
  },
  persistence: 'Bleibt es erhalten?',
  persisted: 'Dieser Browser sagt zu, Modelle und Clips zu behalten, bis sie gelöscht werden.',
  notPersisted:
    'Wenn auf dem Gerät der Platz knapp wird, kann dieser Browser Modelle und Clips wegräumen.',
  persist: 'Den Browser bitten, sie zu behalten',
  persistRefused:
    'Noch sagt der Browser es nicht zu. Vielleicht später, wenn diese Seite oft besucht wird oder ein Lesezeichen hat.',

  // Offline
  updateReady: 'Eine neue Version ist bereit.',
  updateOtherTabs: 'Eine neue Version ist bereit. Zuerst die anderen Tabs dieser Seite schließen.',
  shieldReady: 'Neu geladen ist diese Seite schneller und kann nichts anderswohin senden.',
  reload: 'Neu laden',
  install: 'Installieren',

  stepOf: (stage, number, total) => {
    const unit = stage === 'denoise' ? 'Schritt' : 'Bild';
    return total === undefined ? `${unit} ${number}` : `${unit} ${number} von ${total}`;
  },
  bytesOf: (done, total) => `${done} von ${total}`,
  timeLeft: (seconds, part) =>
    `noch etwa ${duration(seconds)}${part === 'stage' ? ' in diesem Abschnitt' : ''}`,
  consent({ missingByteLength, engineByteLength, keptByteLength }) {
    const total = bytes(missingByteLength + engineByteLength);
    const engine =
      engineByteLength > 0
        ? ` und das Programm, auf dem es läuft (${bytes(engineByteLength)})`
        : '';
    const kept = keptByteLength > 0 ? ` Weitere ${bytes(keptByteLength)} sind schon hier.` : '';
    return {
      what: `${total} werden einmal geladen: das Modell (${bytes(missingByteLength)})${engine}.${kept}`,
      where:
        'Das Modell bleibt auf diesem Gerät, bis es unter „Modelle“ entfernt wird; das Programm bleibt im Cache des Browsers. Der nächste Clip beginnt ohne Download.',
      accept: `${total} laden`,
    };
  },

  shot: (number) => `Szene ${number}`,
  shotLabels: (number) => ({
    prompt: `Was passiert in Szene ${number}?`,
    moveUp: `Szene ${number} nach oben schieben`,
    moveDown: `Szene ${number} nach unten schieben`,
    remove: `Szene ${number} entfernen`,
    retake: `Szene ${number} neu drehen`,
  }),
  moved: (number, shotCount) => `Jetzt Szene ${number} von ${shotCount}.`,
  filmLength: (seconds) => (seconds === Infinity ? 'bis zum Stopp' : `zusammen ${clock(seconds)}`),
  soFar: (seconds) => `bisher ${clock(seconds)}`,
  steered: (atSeconds, prompt) => `Ab ${clock(atSeconds, true)}: ${prompt}`,
  unfinishedFilm(seconds) {
    const kept = seconds < 1 ? 'weniger als eine Sekunde' : formats.seconds(Math.round(seconds));
    return `Als diese Seite geschlossen wurde, entstand gerade ein Film: ${kept} davon ${seconds < 1.5 ? 'ist' : 'sind'} erhalten.`;
  },
  extend: (seconds) => `Um ${seconds} s verlängern`,
  variation: (number, seed) => `Variante ${number}, Startwert ${seed}`,
  variationPending: (number) => `Variante ${number}, noch nicht gemacht`,
  variationLine: (number, variationCount, line) => `${number} von ${variationCount} · ${line}`,
  removePicture: (slot) => `${slot} entfernen`,
  stored: (byteLength) => `${bytes(byteLength)} Modelle und Filme auf diesem Gerät`,
  clip: (prompt) => `Clip: ${prompt}`,
};
