// Arabic: the same sentences as in en.ts. What came from elsewhere (names, addresses, prompts, reasons) stands between
// invisible marks, so that its own direction does not turn the sentence around it; digits are those of the form's fields.
import { isH264 } from '../../core/codec-candidates.ts';
import type { GpuRefusal } from '../../core/device.ts';
import type { AskedConditioning, LinkFault, PictureFault } from '../../core/errors.ts';
import type { Stage } from '../../core/event.ts';
import type { Expectation } from '../../core/expectation.ts';
import type { Transition } from '../../core/film.ts';
import type { ErrorMessage, ErrorMessages, Messages, NoticeMessages } from './en.ts';
import { fileName, formatsOf, isolate } from './formats.ts';

// Browsers differ in what “ar” alone means.
const formats = formatsOf('ar-u-nu-latn');
const { bytes, clock, count, duration, percent, plain, plural } = formats;

const errors: ErrorMessages = {
  'prompt-empty': ({ row }) => ({
    title: row === undefined ? 'لا يوجد وصف بعد.' : `اللقطة ${row} بلا وصف بعد.`,
    action: `اكتب ما ينبغي أن يحدث، مثلًا «${isolate('a panda dances in the snow')}».`,
  }),
  'prompt-too-long': ({ row, place, characterCount, maxCharacterCount }) => ({
    title: `${inShot(row)}${fieldName(place)}: ${count(characterCount)} ${characters(characterCount)}؛ والحد الأقصى ${count(maxCharacterCount)}.`,
    action: `احذف ${count(characterCount - maxCharacterCount)} أو أكثر. جملة قصيرة واحدة هي الأفضل.`,
  }),
  'request-invalid': ({ row, place, value, expected }) => ({
    title: `${inShot(row)}${fieldName(place)}: ${refused(value)}.`,
    action: `المتوقع: ${expectation(expected)}.`,
  }),
  'conditioning-missing': ({ row, asked }) => ({
    title: `لا يستطيع هذا النموذج ${ASKED[asked].what}.`,
    action: `${ASKED[asked].instead}${row === undefined ? '' : ` (في اللقطة ${row})`}، أو استخدم نموذجًا آخر.`,
  }),
  'picture-unusable': ({ cause, detail }) => PICTURE_FAULTS[cause](detail),
  'film-version': ({ found, supported }) => ({
    title: 'حُفظ هذا الفيلم بإصدار آخر من Zoetrope.',
    action: `حمّل أحدث إصدار من هذه الصفحة أو احفظ الفيلم من جديد: إصداره ${isolate(found)}، وهذه الصفحة تقرأ ${supported}.`,
  }),
  'film-unreadable': ({ name, reason }) => ({
    title: `لا يوجد فيلم يمكن قراءته في ${isolate(name)}.`,
    action: `افتح فيلمًا محفوظًا بصيغة JSON، أو ملف MP4 حُفظت معه أوصافه. ${reason === undefined ? 'لم يُكتب أي فيلم في هذا الملف.' : quoted(reason)}`,
  }),
  'link-unusable': ({ cause }) => LINK_FAULTS[cause],
  'link-refused': () => ({
    title: 'يطلب هذا الرابط فيلمًا لا يمكن صنعه هنا.',
    action: 'ربما جاء من إصدار آخر من هذه الصفحة.',
  }),
  'link-too-long': ({ characterCount, maxCharacterCount }) => ({
    title: 'هذا الفيلم أطول من أن يتسع له رابط.',
    action: `اختر «حفظ الفيلم» وأرسل الملف: في الرابط ${count(characterCount)} ${characters(characterCount)} فيضيع؛ والحد الأقصى ${count(maxCharacterCount)}.`,
  }),
  'size-unavailable': ({ widthPx, heightPx, sizes }) => ({
    title: `لا يصنع هذا النموذج مقاطع بحجم ${isolate(`${widthPx} × ${heightPx}`)} بكسل.`,
    action: `اختر أحد هذه الأحجام: ${quoted(sizes)}`,
  }),
  'catalogue-invalid': ({ url, place, value, expected }) => ({
    title: 'قائمة النماذج في هذا الموقع تالفة.',
    action: `أخبر القائمين على الموقع: في ${isolate(url)} قيمة ${isolate(place)} هي ${isolate(value)}؛ والمتوقع: ${quoted(expected)}`,
  }),
  'pack-format': ({ url, found, supported }) => ({
    title: 'النموذج محزوم بصيغة لا يستطيع هذا الإصدار قراءتها.',
    action: `حمّل أحدث إصدار أو أعد بناء الحزمة: صيغة ${isolate(url)} هي ${isolate(found)}، وهذا الإصدار يقرأ ${supported}.`,
  }),
  'pack-invalid': ({ url, place, value, expected }) => ({
    title: 'وصف النموذج تالف.',
    action: `أعد بناء الحزمة: في ${isolate(url)} قيمة ${isolate(place)} هي ${isolate(value)}؛ والمتوقع: ${quoted(expected)}`,
  }),
  'pack-unreachable': ({ url, reason }) => ({
    title: 'تعذّر تحميل وصف النموذج.',
    action: `تحقق من الاتصال ثم حاول مرة أخرى. ${isolate(url)}: ${quoted(reason)}`,
  }),
  'offline-without-model': ({ missingByteLength }) => ({
    title: 'النموذج ليس على هذا الجهاز بعد، ولا توجد شبكة.',
    action: `اتصل بالشبكة لتنزيل ${bytes(missingByteLength)}؛ وبعد ذلك لا حاجة إلى الشبكة.`,
  }),
  'shard-unreachable': ({ url, reason, attemptCount }) => ({
    title: 'توقف التنزيل.',
    action: `تحقق من الاتصال ثم حاول مرة أخرى؛ ما وصل محفوظ. ${attempts(attemptCount)} لتنزيل ${isolate(fileName(url))}: ${quoted(reason)}`,
  }),
  'shard-corrupt': ({ url, attemptCount }) => ({
    title: 'جزء من النموذج يصل تالفًا.',
    action: `جرّب شبكة أخرى أو حاول لاحقًا؛ قد يكون شيء ما في الطريق يغيّر الملفات. ${attempts(attemptCount)} لتنزيل ${isolate(fileName(url))} دون أن يطابق مجموع التحقق.`,
  }),
  'engine-unreachable': ({ reason }) => ({
    title: 'تعذّر تحميل المحرك الذي يشغّل النموذج.',
    action: `تحقق من الاتصال ثم حاول مرة أخرى. ${quoted(reason)}`,
  }),
  'webgpu-missing': (refusal) => ({
    title: 'WebGPU غير متاح هنا.',
    action: `فعّل تسريع العتاد أو حدّث المتصفح، أو استخدم المعالج (الجهاز wasm؛ في عنوان الصفحة: ${isolate('?device=wasm')}). ${gpuRefusal(refusal)}`,
  }),
  'webgpu-wrong': ({ relativeError }) => ({
    title: 'معالج الرسوم يعطي أرقامًا خاطئة.',
    action: `حدّث المتصفح أو برنامج تشغيل الرسوم، أو استخدم المعالج (الجهاز wasm؛ في عنوان الصفحة: ${isolate('?device=wasm')}). أخطأ أحد الاختبارات بنسبة ${percent(relativeError)}.`,
  }),
  'webgpu-lost': ({ reason }) => ({
    title: 'توقف معالج الرسوم.',
    action: `أغلق علامات التبويب والبرامج الأخرى التي تستخدمه ثم حاول مرة أخرى. ${quoted(reason)}`,
  }),
  'out-of-memory': ({ step }) => ({
    title: 'الذاكرة لا تكفي.',
    action: `أغلق علامات التبويب والبرامج الأخرى أو اختر حجمًا أصغر ثم حاول مرة أخرى. نفدت عند: ${quoted(step)}`,
  }),
  'graph-failed': ({ graph, reason }) => ({
    title: 'توقف النموذج في منتصف العمل.',
    action: `حاول مرة أخرى؛ وإن تكرر ذلك فأبلغنا به. ${isolate(graph)}: ${quoted(reason)}`,
  }),
  'encoder-missing': ({ widthPx, heightPx, tried }) => ({
    title: `لا يستطيع هذا المتصفح كتابة فيديو بحجم ${isolate(`${widthPx} × ${heightPx}`)} بكسل.`,
    action: `استخدم إصدارًا حديثًا من Chrome أو Edge أو Firefox أو Safari. جُرّب: ${quoted(tried)}`,
  }),
  'encoder-failed': ({ codec, reason }) => ({
    title: 'تعذّرت كتابة الفيديو.',
    action: `حاول مرة أخرى؛ وإن تكرر ذلك فاستخدم متصفحًا آخر. ${isolate(codec)}: ${quoted(reason)}`,
  }),
  'unfinished-lost': () => ({
    title: 'لم يعد الاحتفاظ بالفيلم غير المكتمل ممكنًا.',
    action:
      'احتاج المتصفح إلى المساحة، أو لم يعد بعد تحديثه قادرًا على استخدام ما بقي منه. اصنع الفيلم من جديد.',
  }),
  'clip-missing': ({ name }) => ({
    title: `المقطع «${isolate(name)}» لم يعد هنا.`,
    action: 'حذفته علامة تبويب أخرى، أو احتاج المتصفح إلى المساحة. بإعداداته يُصنع من جديد.',
  }),
  'clip-unreadable': ({ reason }) => ({
    title: 'لا يمكن قراءة هذا المقطع هنا.',
    action: `احفظ ملف MP4 وافتحه في برنامج آخر. ${quoted(reason)}`,
  }),
  'worker-died': ({ worker, cause, detail }) => ({
    title: `انتهى العامل «${isolate(worker)}» في منتصف عمله.`,
    action: {
      'not-loaded': 'تعذّر تحميل برنامجه: تحقق من الاتصال ثم أعد تحميل الصفحة.',
      threw: `حاول مرة أخرى؛ وإن تكرر ذلك فأبلغنا به: ${quoted(detail)}`,
      stopped:
        'غالبًا ما يكون السبب نقص الذاكرة: أغلق علامات التبويب والبرامج الأخرى ثم حاول مرة أخرى.',
    }[cause],
  }),
  'call-misused': ({ call, state, expected }) => ({
    title: 'ارتكب الاستوديو نفسه خطأ.',
    action: `حاول مرة أخرى وأبلغنا بهذا من فضلك: جاء ${isolate(call)} في حالة ${isolate(state)}؛ والمتوقع: ${quoted(expected)}`,
  }),
  'language-unreachable': ({ name, reason }) => ({
    title: `تعذّر تحميل نصوص ${isolate(name)}.`,
    action: `تحقق من الاتصال ثم اختر اللغة مرة أخرى. ${quoted(reason)}`,
  }),
  cancelled: () => ({
    title: 'أُلغي.',
    action: 'لا يُحفظ شيء غير مكتمل؛ ابدأ من جديد متى شئت.',
  }),
  unexpected: ({ reason }) => ({
    title: 'حدث خطأ لم يتوقعه أحد.',
    action: `حاول مرة أخرى؛ وإن تكرر ذلك فأبلغنا به: ${quoted(reason)}`,
  }),
};

const ASKED: Record<AskedConditioning, { what: string; instead: string }> = {
  length: { what: 'صنع فيلم بهذا الطول', instead: 'اطلب فيلمًا أقصر' },
  continue: { what: 'المتابعة من لقطة سابقة', instead: 'ابدأ اللقطة بقطع' },
  startPicture: { what: 'البدء بصورة', instead: 'أزل الصورة الأولى' },
  endPicture: { what: 'الانتهاء عند صورة', instead: 'أزل الصورة الأخيرة' },
  loop: { what: 'صنع فيلم ينتهي حيث يبدأ', instead: 'تخلَّ عن التكرار' },
  retake: { what: 'إعادة تصوير جزء من فيلم', instead: 'أعد صنع اللقطة كلها' },
};

const LINK_FAULTS: Record<LinkFault, ErrorMessage> = {
  damaged: {
    title: 'هذا الرابط تالف.',
    action: 'انسخه مرة أخرى كاملًا: ربما ضاع جزء منه في الطريق.',
  },
  'not-ours': {
    title: 'لم تصنع هذه الصفحة هذا الرابط.',
    action: 'لم يؤخذ منه شيء. اطلب الفيلم في ملف.',
  },
};

const PICTURE_FAULTS: Record<PictureFault, (detail: string) => ErrorMessage> = {
  'not-a-picture': (detail) => ({
    title: 'هذا الملف ليس صورة يستطيع المتصفح قراءتها.',
    action: `استخدم ملف PNG أو JPEG أو WebP. وصل: ${quoted(detail)}`,
  }),
  'too-large': (detail) => ({
    title: 'هذه الصورة كبيرة جدًا.',
    action: `صغّرها إلى 8192 بكسل للضلع على الأكثر. حجمها: ${quoted(detail)}`,
  }),
  animated: (detail) => ({
    title: 'هذه الصورة متحركة.',
    action: `استخدم صورة ثابتة: الحركة يأتي بها الفيلم. نوعها: ${quoted(detail)}`,
  }),
};

const notices: NoticeMessages = {
  device(facts) {
    if (facts.kind === 'webgpu') {
      return `يعمل على معالج الرسوم${facts.adapter === '' ? '' : ` (${isolate(facts.adapter)})`}.`;
    }
    const { threadCount, refusal } = facts;
    return `يعمل على المعالج ${withThreads(threadCount)}، وهو أبطأ من معالج الرسوم. ${gpuRefusal(refusal)}`;
  },
  'kept-in-memory'({ reason, byteLength }) {
    const why =
      reason === 'full'
        ? 'مساحة تخزين هذا المتصفح ممتلئة'
        : 'لا يسمح هذا المتصفح للصفحات بتخزين الملفات';
    return `${why}، لذلك يبقى النموذج (${bytes(byteLength)}) في الذاكرة ويُنزَّل من جديد في المرة القادمة.`;
  },
  'waiting-for-other-tab': () =>
    'النموذج قيد التنزيل بالفعل، هنا أو في علامة تبويب أخرى؛ وهذا الفيلم ينتظره.',
  'prompt-cut': ({ tokenCount, maxTokenCount, lastWord }) =>
    `يقرأ النموذج أجزاء الكلمات الأولى حتى ${count(maxTokenCount)}؛ وهنا ${count(tokenCount)}. ما بعد «${isolate(lastWord)}» لا يُحسب.`,
  'codec-uncommon': ({ codec }) =>
    `الفيديو بترميز ${isolate(codec)}، وبعض المشغّلات لا تعرضه، أما المتصفح فيعرضه.`,
};

const GPU_REFUSALS: Record<GpuRefusal['cause'], (detail: string) => string> = {
  'not-asked-for': () => 'هكذا كان الطلب.',
  'no-webgpu': () => 'ليس في هذا المتصفح WebGPU، أو لم تُحمَّل الصفحة عبر https.',
  'no-adapter': () => 'لا يوفّر المتصفح معالج رسوم.',
  'software-adapter': (name) => `معالج الرسوم الوحيد هنا برنامج (${isolate(name)}).`,
  'missing-features': (names) => `ينقص معالج الرسوم ${isolate(names)}.`,
  'small-buffers': (byteLength) =>
    `يقبل معالج الرسوم ${bytes(Number(byteLength))} على الأكثر دفعة واحدة، والنموذج يحتاج إلى أكثر.`,
  'no-device': (reason) => `لم يبدأ معالج الرسوم: ${quoted(reason)}`,
  'wrong-results': () => 'أعطى معالج الرسوم أرقامًا خاطئة في اختبار.',
};

function gpuRefusal({ cause, detail }: GpuRefusal): string {
  return GPU_REFUSALS[cause](detail);
}

/** A text from elsewhere at the end of a sentence. */
function quoted(text: string): string {
  return `${isolate(text.replace(/\.$/, ''))}.`;
}

function refused(value: string | undefined): string {
  if (value === undefined) return 'لا مكان لذلك هنا';
  return value === '""' ? 'لا يمكن تركه فارغًا' : `القيمة ${isolate(value)} غير ممكنة`;
}

function expectation(it: Expectation): string {
  switch (it.kind) {
    case 'whole-number':
      return `عدد صحيح من ${plain(it.min)} إلى ${plain(it.max)}`;
    case 'number':
      return `عدد من ${plain(it.min)} إلى ${plain(it.max)}`;
    case 'text':
      return 'نص';
    case 'true-or-false':
      return 'true أو false';
    case 'list':
      return `قائمة لا تزيد على ${plain(it.maxCount)}`;
    case 'png':
      return 'صورة PNG في عنوان data URL';
    case 'film':
      return 'كائن فيه prompt أو rows';
    case 'row':
      return 'كائن فيه prompt';
    case 'retakes':
      return 'كائن فيه startSeconds وendSeconds وseed';
    case 'rows':
      return `قائمة من 1 إلى ${plain(it.maxCount)} لقطة`;
    case 'one-of':
      return `واحد من ${isolate(it.names.join(', '))}`;
    case 'known-field':
      return `لا يوجد حقل كهذا؛ المعروف: ${isolate(it.names.join(', '))}`;
    case 'film-size':
      return `${isolate(`${it.widthPx} × ${it.heightPx}`)}، حجم الفيلم`;
    case 'seconds-in-all':
      return `${formats.seconds(it.maxSeconds)} في المجموع على الأكثر`;
    case 'row-to-fade':
      return `انتقال آخر، فاللقطات بجانب التلاشي تدوم ${formats.seconds(it.minSeconds)} أو أكثر`;
    case 'row-to-arrive':
      return `لا صورة، أو لقطة من ${formats.seconds(it.minSeconds)} أو أكثر لتصل إليها`;
    case 'end-of-row':
      return 'عدد: اللقطة الأخيرة وحدها يمكن أن تكون بلا نهاية';
    case 'no-end':
      return 'لا شيء: هذه اللقطة بلا نهاية';
    case 'cut-before-picture':
      return 'لا صورة، فهذه اللقطة تتابع ما قبلها؛ ومع القطع يمكن ذلك';
    case 'own-end-of-film':
      return 'بلا تكرار، فاللقطة الأخيرة بلا نهاية أو تنتهي عند صورة أخرى';
    case 'start-before-end':
      return 'أقل من endSeconds وداخل اللقطة';
    case 'guidance-of-one':
      return '1: هذا النموذج يتبع الوصف من تلقاء نفسه';
    case 'guidance-to-avoid':
      return 'لا شيء: فهو يعمل بالالتزام بالوصف، وقيمته هنا 1';
  }
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  prompt: 'الوصف',
  camera: 'الكاميرا',
  seconds: 'المدة',
  transition: 'الانتقال',
  startPicture: 'الصورة الأولى',
  endPicture: 'الصورة الأخيرة',
  retakes: 'ما أُعيد تصويره',
  seed: 'البذرة',
  stepCount: 'عدد الخطوات',
  guidance: 'الالتزام بالوصف',
  negativePrompt: 'ما يجب تجنبه',
  loops: 'التكرار',
  rows: 'لوحة القصة',
  widthPx: 'العرض',
  heightPx: 'الارتفاع',
};

function fieldName(place: string): string {
  return FIELD_NAMES[place] ?? `«${isolate(place)}»`;
}

function inShot(row: number | undefined): string {
  return row === undefined ? '' : `اللقطة ${row}، `;
}

function characters(characterCount: number): string {
  return plural(characterCount, {
    one: 'حرف',
    two: 'حرفان',
    few: 'أحرف',
    many: 'حرفًا',
    other: 'حرف',
  });
}

function withThreads(threadCount: number): string {
  return plural(threadCount, {
    one: 'بخيط واحد',
    two: 'بخيطين',
    few: `بـ ${count(threadCount)} خيوط`,
    other: `بـ ${count(threadCount)} خيطًا`,
  });
}

function attempts(attemptCount: number): string {
  return plural(attemptCount, {
    one: 'محاولة واحدة',
    two: 'محاولتان',
    few: `${count(attemptCount)} محاولات`,
    other: `${count(attemptCount)} محاولة`,
  });
}

function shots(shotCount: number): string {
  return plural(shotCount, {
    one: 'لقطة واحدة',
    two: 'لقطتان',
    few: `${count(shotCount)} لقطات`,
    other: `${count(shotCount)} لقطة`,
  });
}

function clips(clipCount: number): string {
  return plural(clipCount, {
    zero: 'لا مقاطع',
    one: 'مقطع واحد',
    two: 'مقطعان',
    few: `${count(clipCount)} مقاطع`,
    many: `${count(clipCount)} مقطعًا`,
    other: `${count(clipCount)} مقطع`,
  });
}

function items(itemCount: number): string {
  return plural(itemCount, {
    zero: 'لا عناصر',
    one: 'عنصر واحد',
    two: 'عنصران',
    few: `${count(itemCount)} عناصر`,
    many: `${count(itemCount)} عنصرًا`,
    other: `${count(itemCount)} عنصر`,
  });
}

/** Words from elsewhere, each with a direction of its own. */
function listed(texts: readonly string[]): string {
  return texts.map(isolate).join('، ');
}

function parts(partCount: number): string {
  return plural(partCount, {
    zero: 'لا أجزاء',
    one: 'جزء واحد',
    two: 'جزآن',
    few: `${count(partCount)} أجزاء`,
    many: `${count(partCount)} جزءًا`,
    other: `${count(partCount)} جزء`,
  });
}

/** What was found damaged in a model, and came again. */
function mended(partCount: number): string {
  return plural(partCount, {
    zero: 'لا شيء فيه تالف',
    one: 'كان جزء واحد تالفًا فأُعيد تنزيله',
    two: 'كان جزآن تالفين فأُعيد تنزيلهما',
    few: `كانت ${parts(partCount)} تالفة فأُعيد تنزيلها`,
    other: `كان ${parts(partCount)} تالفًا فأُعيد تنزيلها`,
  });
}

function pictureAbility(starts: boolean, ends: boolean): string {
  if (!starts && !ends) return 'يعمل بالكلمات وحدها';
  if (!starts) return 'يستطيع الانتهاء عند صورة منك';
  return `يستطيع البدء بصورة منك${ends ? ' والانتهاء عند أخرى' : ''}`;
}

const stages: Record<Stage, string> = {
  obtain: 'جلب النموذج',
  tokenize: 'تقطيع النص',
  'encode-text': 'فهم النص',
  denoise: 'إزالة التشويش',
  decode: 'تظهير الصور',
  upscale: 'تكبير الصور',
  encode: 'ترميز الفيديو',
  mux: 'تجميع MP4',
};

const transitions: Record<Transition, string> = {
  continue: 'متابعة',
  cut: 'قطع',
  'cross-fade': 'تلاشٍ',
};

const checks: Messages['checks'] = {
  gpu: {
    name: 'معالج الرسوم (WebGPU)',
    says: ({ gpu, refusal }) =>
      refusal
        ? `${gpuRefusal(refusal)} لذلك يصنع المعالج المقاطع، وهذا يستغرق وقتًا أطول. فعّل تسريع العتاد في إعدادات المتصفح، أو جرّب إصدارًا حديثًا من Chrome أو Edge أو Safari.`
        : `تُصنع المقاطع على معالج الرسوم${gpu?.label ? ` (${isolate(gpu.label)})` : ''}.`,
  },
  f16: {
    name: 'أعداد بنصف الحجم (f16)',
    says: ({ gpu }) => {
      if (!gpu) return 'لا أهمية لها دون معالج رسوم.';
      return gpu.hasF16
        ? 'يستطيع معالج الرسوم الحساب بها: النماذج الأكبر تشغل نصف المساحة.'
        : 'لا يستطيع معالج الرسوم الحساب بها. النموذج هنا في غنى عنها؛ أما النماذج الأكبر فتحتاج إلى مساحة ووقت أكثر.';
    },
  },
  codec: {
    name: 'كتابة الفيديو (WebCodecs)',
    says: ({ codec }) => {
      if (codec === undefined) return 'استخدم إصدارًا حديثًا من Chrome أو Edge أو Firefox أو Safari.';
      return isH264(codec)
        ? 'يُكتب الفيديو بترميز H.264 الذي يعمل في كل مكان.'
        : `يُكتب الفيديو بترميز ${isolate(codec)}، وبعض المشغّلات لا تعرضه، أما المتصفح فيعرضه.`;
    },
  },
  storage: {
    name: 'التخزين',
    says: ({ storage: { refusal, isPersisted, usageByteLength } }) => {
      if (refusal === 'full')
        return 'مساحة تخزين هذا المتصفح ممتلئة. يمكن صنع المقاطع، لكن النموذج يُنزَّل من جديد في كل زيارة؛ وحذف شيء ما يفسح مكانًا.';
      if (refusal === 'denied')
        return 'لا يسمح هذا المتصفح للصفحات بتخزين الملفات، كما في بعض النوافذ الخاصة. يمكن صنع المقاطع، لكن النموذج يُنزَّل من جديد في كل زيارة.';
      const now =
        usageByteLength === undefined
          ? ''
          : ` يحفظ المتصفح الآن ${bytes(usageByteLength)} لهذا الموقع.`;
      return isPersisted
        ? `يمكن أن يبقى النموذج في هذا المتصفح حتى تزيله.${now}`
        : `يمكن أن يبقى النموذج في هذا المتصفح، وقد يمحوه المتصفح من تلقاء نفسه حين تضيق المساحة.${now}`;
    },
  },
  isolation: {
    name: 'صفحة معزولة',
    says: ({ isIsolated, threadCount }) => {
      if (!isIsolated)
        return 'هذه الصفحة ليست معزولة عن غيرها، لذلك لا يعطيها المتصفح إلا خيطًا واحدًا. لهذا أثر حين يصنع المعالج المقاطع. قد تفيد إعادة تحميل الصفحة مرة واحدة.';
      return threadCount > 1
        ? `يستطيع المعالج العمل ${withThreads(threadCount)}.`
        : 'للمعالج نواة واحدة، ولذلك يعمل بخيط واحد.';
    },
  },
};

/** The words of this language. */
export const ar: Messages = {
  direction: 'rtl',
  formats,
  errors,
  notices,
  stages,
  transitions,

  title: 'Zoetrope',
  tagline: 'اكتب جملة وشاهدها تتحرك.',
  privacy: 'تُصنع المقاطع في علامة التبويب هذه، وكلماتك تبقى على هذا الجهاز.',
  language: 'اللغة',
  promptLanguage: 'النموذج يقرأ الإنجليزية: الوصف بالإنجليزية يعطي أفضل النتائج.',
  screensTitle: 'الشاشات',
  screens: { studio: 'الاستوديو', library: 'المكتبة', models: 'النماذج' },
  prompt: 'ماذا يحدث؟',
  promptPlaceholder: 'a panda dances in the snow',
  examples: 'أمثلة',
  seconds: 'المدة',
  secondsNumber: 'المدة بالثواني',
  secondsUnit: 'ث',
  endless: 'بلا توقف',
  shape: 'الشكل',
  pictures: 'الصور',
  startPicture: 'الصورة الأولى',
  endPicture: 'الصورة الأخيرة',
  pickPicture: 'اختر أو أفلت أو ألصق',
  addShot: 'إضافة لقطة',
  storyboard: 'لوحة القصة',
  transition: 'الانتقال',
  dragShot: 'اسحب إلى مكان آخر',
  seed: 'البذرة',
  seedFree: 'لكل مقطع بذرة جديدة. القفل يبقي هذه.',
  seedLocked: 'الكلمات نفسها مع البذرة نفسها تعطي المقطع نفسه.',
  lockSeed: 'تثبيت البذرة',
  variations: 'أربع نسخ',
  openFilm: 'فتح فيلم',
  more: 'المزيد',
  stepCount: 'الخطوات',
  stepCountHint: 'الأكثر أدق وأبطأ.',
  guidance: 'الالتزام بالوصف',
  guidanceHint: 'الأعلى يتبع الكلمات بصرامة أكبر.',
  negativePrompt: 'دون',
  negativePromptHint: 'ما ينبغي أن يتجنبه الفيلم.',
  loops: 'الانتهاء حيث يبدأ (تكرار)',
  storesFilm: 'كتابة الأوصاف في ملف MP4 ليمكن فتحه هنا من جديد',
  model: 'النموذج',
  generate: 'إنشاء',
  generateKey: 'Ctrl + Enter',
  generateKeyMac: '⌘ Enter',
  cancel: 'إلغاء',
  stop: 'إيقاف',
  cancelKey: 'Esc',
  cancelling: 'جارٍ الإلغاء…',
  stopping: 'جارٍ الإيقاف…',
  consentTitle: 'تنزيل واحد أولًا',
  consentSaveData: 'يطلب هذا الجهاز توفير البيانات.',
  consentDecline: 'ليس الآن',
  progress: 'التقدم',
  preparing: 'جارٍ التحضير',
  pause: 'إيقاف مؤقت',
  play: 'تشغيل',
  save: 'حفظ MP4',
  actionsTitle: 'مع هذا المقطع',
  loop: 'جعله متكررًا',
  unloop: 'إلغاء التكرار',
  retakePart: 'إعادة تصوير جزء',
  retakeFrom: 'من',
  retakeTo: 'إلى',
  retake: 'إعادة التصوير',
  retakeHint: 'يبقى الباقي كما هو.',
  useSettings: 'استخدام هذه الإعدادات',
  saveFilm: 'حفظ الفيلم',
  steer: 'والآن؟',
  steerHint: 'ماذا يحدث بعد ذلك',
  steerButton: 'تغيير',
  steerTooLate: 'فات الأوان: الجزء الأخير قيد الصنع.',
  unfinished: 'فيلم غير مكتمل',
  unfinishedKeep: 'الاحتفاظ به',
  unfinishedDrop: 'التخلص منه',
  variationsTitle: 'النسخ',
  variationsHint: 'اختر واحدة للمتابعة بها. لا يُحتفظ إلا بها.',
  goodToKnow: 'من المفيد معرفته',
  firstLight: 'مقطع صنعه هذا النموذج',
  statusCancelled: 'أُلغي. لا يُحفظ شيء غير مكتمل.',
  statusDone: 'المقطع جاهز.',
  statusStopped: 'توقف. ما صُنع محفوظ.',
  statusOpened: 'فُتح الفيلم.',

  // First visit
  about:
    'يحوّل Zoetrope جملة إلى صورة متحركة قصيرة. يعمل النموذج في علامة التبويب هذه، على جهازك أنت.',
  firstDownload: ({ missingByteLength, engineByteLength }) =>
    `يحتاج المقطع الأول إلى تنزيل ${bytes(missingByteLength + engineByteLength)} مرة واحدة. ثم يبقى النموذج في هذا المتصفح حتى تزيله من «النماذج».`,
  consentCellular: 'هذا الجهاز على شبكة هاتف محمول، وقد يكلّف التنزيل مالًا.',
  checkTitle: 'هل سيعمل هنا؟',
  checking: 'جارٍ فحص ما يستطيعه هذا المتصفح…',
  checkOverall: {
    pass: 'نعم.',
    slow: 'نعم، لكن ببطء: دون معالج رسوم.',
    missing: 'لا: لا يستطيع هذا المتصفح كتابة الفيديو.',
  },
  checkVerdicts: { pass: 'جيد', slow: 'بطيء', missing: 'غير متوفر' },
  checks,
  copyReport: 'نسخ التقرير',
  reportHolds: 'ما يظهر هنا، بالإنجليزية، مع اسم متصفحك واسم معالج الرسوم.',
  reportCopied: 'نُسخ التقرير.',
  reportToCopy: 'انسخ هذا التقرير:',

  // Prompting
  understood: 'فُهم:',
  surprise: 'فاجئني',
  wordsButton: 'الكلمات',
  wordsTitle: 'كلمات يعرفها النموذج',
  wordKinds: {
    cast: 'الشخصيات',
    actions: 'الفعل',
    places: 'المكان',
    times: 'الوقت',
    weathers: 'الطقس',
    cameras: 'الكاميرا',
  },
  undo: 'تراجع',
  redo: 'إعادة',
  statusBack: { undo: 'عاد ما كان هنا من قبل.', redo: 'عاد التغيير.' },
  statusTaken: 'الفيلم السابق الآن في الاستمارة.',
  guide: 'كيف تكتب وصفًا',
  advice: [
    'جملة قصيرة واحدة بالإنجليزية: من، وماذا يفعل، وأين. في «الكلمات» كل ما تعلّمه النموذج.',
    'الأسماء والكتابة والأعداد الكبيرة والقصص الطويلة لا تنجح؛ أما فيلم من عدة لقطات فينجح.',
    'ليس ما قصدته؟ أنشئ مرة أخرى: بذرة أخرى تعطي مقطعًا آخر.',
  ],
  themes: {
    animals: 'حيوانات',
    tales: 'كان يا ما كان',
    machines: 'آلات',
    far: 'بعيدًا بعيدًا',
  },
  unwatched: 'لا يُدقَّق الإملاء في هذه الخانات: بعض المتصفحات ترسل ما تدققه إلى الشركة التي صنعتها.',
  history: 'أوصاف سابقة',
  clearHistory: 'إفراغ القائمة',
  historyCleared: 'القائمة فارغة.',
  // The arrow points onwards, which is to the left.
  alike: (word, known) => `${isolate(word)} ← ${isolate(known)}`,
  unknownWords: (unknown) => `لا يعرف النموذج: ${listed(unknown)}. اختر من «الكلمات» بدلًا من ذلك.`,
  openWords: (open) => `ليس في قائمته: ${listed(open)}.`,
  earlier: (rowCount, seed) => `${rowCount > 1 ? `${shots(rowCount)}، ` : ''}البذرة ${seed}`,

  // Progress and queue
  preview: 'معاينة',
  previewOf: (prompt) => `معاينة: ${isolate(prompt)}`,
  tellWhenDone: 'أخبرني عند الانتهاء',
  tellRefused: 'يرفض المتصفح ذلك لهذا الموقع. اسمح بالإشعارات في إعدادات الموقع ثم حاول مرة أخرى.',
  toldDone: 'ما طلبته جاهز.',
  toldAttention: 'توقف العمل. تعال وألقِ نظرة.',
  addToQueue: 'إضافة إلى قائمة الانتظار',
  queue: 'قائمة الانتظار',
  queueStart: 'بدء قائمة الانتظار',
  stopAll: 'إيقاف الكل',
  queueStates: { making: 'قيد الصنع', made: 'جاهز', failed: 'فشل' },
  show: 'عرض',
  edit: 'تعديل',
  queueFacts: (seconds, seed) =>
    `${seconds === Infinity ? 'حتى توقفه' : formats.seconds(seconds)} · البذرة ${seed}`,
  moreShots: (shotCount) =>
    plural(shotCount, {
      one: 'ولقطة أخرى',
      two: 'ولقطتان أخريان',
      other: `و${shots(shotCount)} أخرى`,
    }),
  moveUp: 'نقل إلى أعلى',
  moveDown: 'نقل إلى أسفل',
  remove: 'إزالة',
  filmTool: (tool, prompt) => `${tool}: ${isolate(prompt)}`,
  queueAdded: (number) => `أُضيف إلى قائمة الانتظار برقم ${number}.`,
  queueMoved: (number, filmCount) => `أصبح رقم ${number} من ${filmCount}.`,
  queueNext: (prompt) => `التالي: ${isolate(prompt)}`,
  queueEdited: 'عاد إلى الاستمارة.',

  // Library
  libraryEmpty: 'لا شيء محفوظ بعد.',
  libraryEmptyHint: 'كل مقطع تنجزه يبقى هنا حتى تحذفه.',
  libraryEmptyPrivate: 'الوضع الخاص مفعّل: المقاطع التي تنجزها لا تُحفظ.',
  libraryFirst: 'صنع مقطع',
  librarySearch: 'بحث',
  libraryStarred: 'المميزة بنجمة فقط',
  libraryNoneFits: 'لا يوجد مقطع مطابق.',
  libraryTotal: (clipCount, byteLength) => `${clips(clipCount)}، ${bytes(byteLength)}`,
  clipFacts: ({ frameCount, framesPerSecond, widthPx, heightPx }, byteLength) =>
    `${clock(frameCount / framesPerSecond)} · ${isolate(`${widthPx} × ${heightPx}`)} · ${bytes(byteLength)}`,
  open: 'فتح',
  rename: 'إعادة التسمية',
  delete: 'حذف',
  clipLabels: (name) => ({
    play: `تشغيل «${isolate(name)}»`,
    pause: `إيقاف «${isolate(name)}» مؤقتًا`,
    star: `تمييز «${isolate(name)}» بنجمة`,
    more: `المزيد مع «${isolate(name)}»`,
    name: `اسم «${isolate(name)}»`,
  }),
  clipsDeleted: (names) =>
    names.length === 1 ? `حُذف «${isolate(names[0]!)}».` : `حُذف ${clips(names.length)}.`,
  dismiss: 'إخفاء',
  notKept: {
    full: 'هذا المقطع ليس في المكتبة: مساحة تخزين هذا المتصفح ممتلئة. احفظه الآن؛ وحذف مقاطع أخرى يفسح مكانًا للمقطع التالي.',
    denied: 'هذا المقطع ليس في المكتبة: لا يسمح هذا المتصفح للصفحات بتخزين الملفات. احفظه الآن.',
  },
  export: 'تصدير',
  exportTitle: (name) => `تصدير «${isolate(name)}»`,
  exportKinds: {
    mp4: { name: 'MP4', hint: 'المقطع نفسه' },
    gif: { name: 'GIF', hint: 'يعمل في كل مكان، 256 لونًا للصورة' },
    'png-frames': { name: 'صور PNG', hint: 'كل صورة على حدة، في ملف zip' },
    'sprite-sheet': { name: 'ورقة سبرايت', hint: 'كل الصور في ملف PNG واحد' },
    poster: { name: 'صورة الغلاف', hint: 'الصورة الأولى، بصيغة PNG' },
  },
  exporting: (name, fraction) => `${isolate(name)}: ${percent(fraction)}`,
  exported: (name) => `تجد ${isolate(name)} في تنزيلاتك.`,
  close: 'إغلاق',
  keptHere: 'ما يحفظه هذا المتصفح',
  privateMode: 'الوضع الخاص',
  privateModeHint:
    'لا يُحفظ مقطع ولا جزء من فيلم ولا إعداد، في كل علامات التبويب، حتى توقفه. أما النموذج وما حُفظ من قبل فيبقيان.',
  deleteEverything: 'حذف كل شيء',
  deleteEverythingHint:
    'المقاطع والنماذج وأجزاء الأفلام والإعدادات، وما يجعل الصفحة تعمل دون شبكة.',
  deleteEverythingQuestion: 'أتريد حذف كل شيء؟ لا يمكن استعادته.',
  keepIt: 'الاحتفاظ به',
  deleteEverythingBusy: 'جارٍ الحذف…',
  deleteEverythingRow: { before: 'من قبل', after: 'الآن' },
  siteData: (itemCount, usageByteLength) =>
    `${items(itemCount)}${usageByteLength === undefined ? '' : `؛ وبحساب المتصفح ${bytes(usageByteLength)}`}`,
  deleteEverythingNote:
    'لا يحرر المتصفح بعض المساحة إلا لاحقًا. وما على الشاشة يزول حين تغلق الصفحة.',

  // Sharing
  copyLink: 'نسخ الرابط',
  linkCopied: 'نُسخ الرابط. فيه الكلمات والإعدادات، لا المقطع.',
  linkToCopy: 'انسخ هذا الرابط:',
  linkWithoutPictures: 'تبقى الصور هنا؛ احفظ الفيلم لإرسالها معه.',
  shareFile: 'مشاركة',
  fromLink: 'من رابط: ألقِ نظرة ثم اضغط «إنشاء».',

  // Models
  modelsHint: 'يصنع النموذج من كلماتك صورًا. يُنزَّل مرة واحدة ويبقى على هذا الجهاز.',
  modelsWait: 'يُصنع فيلم الآن. تنتظر النماذج حتى يكتمل.',
  modelInUse: 'قيد الاستخدام',
  modelUse: 'استخدام هذا النموذج',
  modelInstall: (missingByteLength) => `تثبيت ${bytes(missingByteLength)}`,
  modelEngine: (engineByteLength) =>
    `منها ${bytes(engineByteLength)} للمحرك الذي تشترك فيه كل النماذج.`,
  modelContinue: 'متابعة',
  modelVerify: 'فحص',
  modelParts: 'الأجزاء والتراخيص والمصادر',
  modelWork: {
    install: 'جارٍ التنزيل',
    verify: 'جارٍ الفحص',
    remove: 'جارٍ الإزالة',
    use: 'جارٍ تغيير النموذج',
  },
  modelAbilities({ sizes, windowSeconds, ...offers }) {
    const window = formats.seconds(Math.round(windowSeconds * 10) / 10);
    return [
      `يصنع ${sizes.map(({ shape, widthPx, heightPx }) => `${isolate(shape)} (${isolate(`${widthPx}\u00a0×\u00a0${heightPx}`)})`).join('، ')}`,
      offers.continues
        ? `أفلام بأي طول، مدة كل جزء منها ${window}`
        : `مقاطع مدتها ${window}، لا أكثر`,
      pictureAbility(offers.startPictures, offers.endPictures),
      offers.guides
        ? 'يتبع الكلمات بالصرامة التي تريدها، ويتجنب ما لا تريده'
        : 'يتبع الكلمات بالصرامة التي تعلّمها',
    ];
  },
  modelState({ presence, keptByteLength, totalByteLength }, isInterrupted) {
    const total = bytes(totalByteLength);
    const part = `${formats.bytesIn(keptByteLength, totalByteLength)} من ${total}`;
    if (presence === 'whole') return `على هذا الجهاز، ${total}`;
    if (isInterrupted) return `هنا ${part}: انقطع التنزيل.`;
    if (presence === 'partly') return `هنا ${part}؛ والباقي يأتي حين يحتاج إليه فيلم.`;
    return keptByteLength > 0
      ? `ليس على هذا الجهاز؛ يشترك في ${part} مع نموذج موجود عليه.`
      : `ليس على هذا الجهاز، ${total}`;
  },
  modelInstalled: (title) => `«${isolate(title)}» على هذا الجهاز.`,
  modelPaused: (title) => `توقف. ما وصل من «${isolate(title)}» محفوظ.`,
  modelCheckStopped: (title) =>
    `توقف. ما وُجد تالفًا من «${isolate(title)}» يُنزَّل من جديد مع الفيلم التالي.`,
  modelRemoved: (title) => `أُزيل «${isolate(title)}» من هذا المتصفح.`,
  modelRemoveQuestion: (title) =>
    `أتريد إزالة «${isolate(title)}»؟ تبقى مقاطعك الجاهزة؛ أما النموذج فيلزم تنزيله من جديد.`,
  modelUsed: (title) => `من الآن تُصنع الأفلام باستخدام «${isolate(title)}».`,
  modelVerified(title, checkedCount, mendedCount) {
    const checked = `فُحص ما حُفظ من «${isolate(title)}» (${parts(checkedCount)})`;
    return `${checked}: ${mended(mendedCount)}.`;
  },
  persistence: 'هل سيبقى؟',
  persisted: 'يعِد هذا المتصفح بالاحتفاظ بالنماذج والمقاطع حتى تحذفها.',
  notPersisted: 'قد يحذف هذا المتصفح النماذج والمقاطع حين تضيق مساحة الجهاز.',
  persist: 'طلب الاحتفاظ بها من المتصفح',
  persistRefused:
    'لا يعِد المتصفح بذلك بعد. قد يفعل لاحقًا إن عدت كثيرًا أو أضفت هذه الصفحة إلى إشاراتك المرجعية.',

  // Offline
  updateReady: 'إصدار جديد جاهز.',
  updateOtherTabs: 'إصدار جديد جاهز. أغلق أولًا علامات التبويب الأخرى لهذه الصفحة.',
  shieldReady: 'بعد إعادة التحميل تكون هذه الصفحة أسرع ولا تستطيع إرسال شيء إلى مكان آخر.',
  reload: 'إعادة التحميل',
  install: 'تثبيت',

  stepOf: (stage, number, total) => {
    const unit = stage === 'denoise' ? 'الخطوة' : 'الصورة';
    return total === undefined ? `${unit} ${number}` : `${unit} ${number} من ${total}`;
  },
  bytesOf: (done, total) => `${done} من ${total}`,
  timeLeft: (seconds, part) =>
    `بقي نحو ${duration(seconds)}${part === 'stage' ? ' في هذه المرحلة' : ''}`,
  consent({ missingByteLength, engineByteLength, keptByteLength }) {
    const total = bytes(missingByteLength + engineByteLength);
    const engine = engineByteLength > 0 ? ` والمحرك الذي يشغّله (${bytes(engineByteLength)})` : '';
    const kept = keptByteLength > 0 ? ` وهنا من قبل ${bytes(keptByteLength)}.` : '';
    return {
      what: `يُنزَّل ${total} مرة واحدة: النموذج (${bytes(missingByteLength)})${engine}.${kept}`,
      where:
        'يبقى النموذج على هذا الجهاز حتى تزيله من «النماذج»؛ ويبقى المحرك في ذاكرة المتصفح المؤقتة. يبدأ المقطع التالي دون تنزيل.',
      accept: `تنزيل ${total}`,
    };
  },

  shot: (number) => `اللقطة ${number}`,
  shotLabels: (number) => ({
    prompt: `ماذا يحدث في اللقطة ${number}؟`,
    moveUp: `نقل اللقطة ${number} إلى أعلى`,
    moveDown: `نقل اللقطة ${number} إلى أسفل`,
    remove: `إزالة اللقطة ${number}`,
    retake: `إعادة تصوير اللقطة ${number}`,
  }),
  moved: (number, shotCount) => `أصبحت اللقطة ${number} من ${shotCount}.`,
  filmLength: (seconds) => (seconds === Infinity ? 'حتى توقفه' : `${clock(seconds)} في المجموع`),
  soFar: (seconds) => `${clock(seconds)} حتى الآن`,
  steered: (atSeconds, prompt) => `ابتداءً من ${clock(atSeconds, true)}: ${isolate(prompt)}`,
  unfinishedFilm(seconds) {
    const kept = seconds < 1 ? 'أقل من ثانية' : formats.seconds(Math.round(seconds));
    return `كان فيلم يُصنع حين أُغلقت هذه الصفحة؛ المحفوظ منه: ${kept}.`;
  },
  extend: (seconds) => `تمديد ${seconds} ث`,
  variation: (number, seed) => `النسخة ${number}، البذرة ${seed}`,
  variationPending: (number) => `النسخة ${number}، لم تُصنع بعد`,
  variationLine: (number, variationCount, line) => `${number} من ${variationCount} · ${line}`,
  removePicture: (slot) => `إزالة ${slot}`,
  stored: (byteLength) => `${bytes(byteLength)} من النماذج والأفلام على هذا الجهاز`,
  clip: (prompt) => `مقطع: ${isolate(prompt)}`,
};
