// Simplified Chinese: the same sentences as in en.ts; no spaces between Chinese and Latin words or digits are needed,
// but they read better.
import { isH264 } from '../../core/codec-candidates.ts';
import type { GpuRefusal } from '../../core/device.ts';
import type { AskedConditioning, LinkFault, PictureFault } from '../../core/errors.ts';
import type { Stage } from '../../core/event.ts';
import type { Expectation } from '../../core/expectation.ts';
import type { Transition } from '../../core/film.ts';
import type { ErrorMessage, ErrorMessages, Messages, NoticeMessages } from './en.ts';
import { fileName, formatsOf, sentence as endedWith } from './formats.ts';

const formats = formatsOf('zh-Hans');
const { bytes, clock, count, duration, percent, plain } = formats;
const sentence = (text: string) => endedWith(text, '。');

const errors: ErrorMessages = {
  'prompt-empty': ({ row }) => ({
    title: row === undefined ? '还没有描述。' : `镜头 ${row} 还没有描述。`,
    action: '写下要发生的事，例如 “a panda dances in the snow”。',
  }),
  'prompt-too-long': ({ row, place, characterCount, maxCharacterCount }) => ({
    title: `${ofShot(row)}${fieldName(place)}有 ${count(characterCount)} 个字符，最多 ${count(maxCharacterCount)} 个。`,
    action: `请删去至少 ${count(characterCount - maxCharacterCount)} 个。一个短句效果最好。`,
  }),
  'request-invalid': ({ row, place, value, expected }) => ({
    title: `${ofShot(row)}${fieldName(place)}${refused(value)}。`,
    action: `应为：${expectation(expected)}。`,
  }),
  'conditioning-missing': ({ row, asked }) => ({
    title: `此模型不能${ASKED[asked].what}。`,
    action: `请${ASKED[asked].instead}${row === undefined ? '' : `（镜头 ${row}）`}，或换一个模型。`,
  }),
  'picture-unusable': ({ cause, detail }) => PICTURE_FAULTS[cause](detail),
  'film-version': ({ found, supported }) => ({
    title: '这部影片是用另一个版本的 Zoetrope 保存的。',
    action: `请加载本页的最新版本，或重新保存影片：它的版本是 ${found}，本页读取 ${supported}。`,
  }),
  'film-unreadable': ({ name, reason }) => ({
    title: `在 ${name} 中读不到影片。`,
    action: `请打开保存为 JSON 的影片，或保存时带有描述的 MP4。${sentence(reason ?? '这个文件里没有写入影片')}`,
  }),
  'link-unusable': ({ cause }) => LINK_FAULTS[cause],
  'link-refused': () => ({
    title: '这个链接要的影片在这里做不了。',
    action: '它可能来自本页的另一个版本。',
  }),
  'link-too-long': ({ characterCount, maxCharacterCount }) => ({
    title: '这部影片太长，放不进链接。',
    action: `请选择 “保存影片” 并发送文件：${count(characterCount)} 个字符的链接会丢失，最多 ${count(maxCharacterCount)} 个。`,
  }),
  'size-unavailable': ({ widthPx, heightPx, sizes }) => ({
    title: `此模型不制作 ${widthPx} × ${heightPx} 像素的短片。`,
    action: `请选择以下尺寸之一：${sentence(sizes)}`,
  }),
  'catalogue-invalid': ({ url, place, value, expected }) => ({
    title: '本站的模型列表已损坏。',
    action: `请告知网站管理者：${url} 中 ${place} 为 ${value}；应为：${sentence(expected)}`,
  }),
  'pack-format': ({ url, found, supported }) => ({
    title: '模型的打包格式是此版本读不了的。',
    action: `请加载最新版本，或重新打包：${url} 的格式为 ${found}，此版本读取 ${supported}。`,
  }),
  'pack-invalid': ({ url, place, value, expected }) => ({
    title: '模型的说明已损坏。',
    action: `请重新打包：${url} 中 ${place} 为 ${value}；应为：${sentence(expected)}`,
  }),
  'pack-unreachable': ({ url, reason }) => ({
    title: '无法加载模型的说明。',
    action: `请检查网络连接后再试。${url}：${sentence(reason)}`,
  }),
  'offline-without-model': ({ missingByteLength }) => ({
    title: '模型还不在这台设备上，而且没有网络。',
    action: `请联网下载 ${bytes(missingByteLength)}；之后就不需要网络了。`,
  }),
  'shard-unreachable': ({ url, reason, attemptCount }) => ({
    title: '下载中断了。',
    action: `请检查网络连接后再试；已到的部分会保留。${fileName(url)} 尝试了 ${count(attemptCount)} 次：${sentence(reason)}`,
  }),
  'shard-corrupt': ({ url, attemptCount }) => ({
    title: '模型的一部分在途中损坏了。',
    action: `请换一个网络或稍后再试；途中可能有什么在改动文件。${fileName(url)} 尝试了 ${count(attemptCount)} 次，校验和都不符。`,
  }),
  'engine-unreachable': ({ reason }) => ({
    title: '无法加载运行模型的引擎。',
    action: `请检查网络连接后再试。${sentence(reason)}`,
  }),
  'webgpu-missing': (refusal) => ({
    title: '这里不能使用 WebGPU。',
    action: `请打开硬件加速或更新浏览器，或改用处理器（设备 wasm；在页面地址中：?device=wasm）。${gpuRefusal(refusal)}`,
  }),
  'webgpu-wrong': ({ relativeError }) => ({
    title: '图形处理器算出的数不对。',
    action: `请更新浏览器或显卡驱动，或改用处理器（设备 wasm；在页面地址中：?device=wasm）。测试偏差为 ${percent(relativeError)}。`,
  }),
  'webgpu-lost': ({ reason }) => ({
    title: '图形处理器停止了工作。',
    action: `请关闭其他占用它的标签页和程序后再试。${sentence(reason)}`,
  }),
  'out-of-memory': ({ step }) => ({
    title: '内存不够了。',
    action: `请关闭其他标签页和程序，或选择较小的尺寸后再试。用尽时正在：${sentence(step)}`,
  }),
  'graph-failed': ({ graph, reason }) => ({
    title: '模型中途停下了。',
    action: `请再试一次；如果再次发生，请告诉我们。${graph}：${sentence(reason)}`,
  }),
  'encoder-missing': ({ widthPx, heightPx, tried }) => ({
    title: `此浏览器无法写出 ${widthPx} × ${heightPx} 像素的视频。`,
    action: `请使用较新的 Chrome、Edge、Firefox 或 Safari。已尝试：${sentence(tried)}`,
  }),
  'encoder-failed': ({ codec, reason }) => ({
    title: '视频没能写出来。',
    action: `请再试一次；如果再次发生，请换一个浏览器。${codec}：${sentence(reason)}`,
  }),
  'unfinished-lost': () => ({
    title: '未完成的影片已经无法保留。',
    action: '浏览器需要腾出空间，或者更新后无法再使用留下的部分。请重新制作这部影片。',
  }),
  'clip-missing': ({ name }) => ({
    title: `短片 “${name}” 已经不在了。`,
    action: '另一个标签页删除了它，或者浏览器需要腾出空间。用它的设置可以再做一遍。',
  }),
  'clip-unreadable': ({ reason }) => ({
    title: '这部短片在这里读不了。',
    action: `请保存 MP4，用别的程序打开。${sentence(reason)}`,
  }),
  'worker-died': ({ worker, cause, detail }) => ({
    title: `工作线程 “${worker}” 中途结束了。`,
    action: {
      'not-loaded': '它的脚本无法加载：请检查网络连接后重新加载页面。',
      threw: `请再试一次；如果再次发生，请告诉我们：${sentence(detail)}`,
      stopped: '这多半是内存不足：请关闭其他标签页和程序后再试。',
    }[cause],
  }),
  'call-misused': ({ call, state, expected }) => ({
    title: '工作室自己出了错。',
    action: `请再试一次，并把这个告诉我们：${call} 发生在 ${state}；应为：${sentence(expected)}`,
  }),
  'language-unreachable': ({ name, reason }) => ({
    title: `无法加载 ${name} 的文字。`,
    action: `请检查网络连接后重新选择语言。${sentence(reason)}`,
  }),
  cancelled: () => ({
    title: '已取消。',
    action: '不会留下半成品；随时可以重新开始。',
  }),
  unexpected: ({ reason }) => ({
    title: '出了一个没有人料到的问题。',
    action: `请再试一次；如果再次发生，请告诉我们：${sentence(reason)}`,
  }),
};

const ASKED: Record<AskedConditioning, { what: string; instead: string }> = {
  length: { what: '制作这么长的影片', instead: '选择较短的时长' },
  continue: { what: '接着前一个镜头继续', instead: '让这个镜头以切换开始' },
  startPicture: { what: '从一张图片开始', instead: '去掉首帧图片' },
  endPicture: { what: '在一张图片上结束', instead: '去掉尾帧图片' },
  loop: { what: '制作首尾相接的影片', instead: '不要循环' },
  retake: { what: '重拍影片的一部分', instead: '把整个镜头重做一遍' },
};

const LINK_FAULTS: Record<LinkFault, ErrorMessage> = {
  damaged: {
    title: '这个链接已损坏。',
    action: '请重新完整地复制：途中可能丢了一部分。',
  },
  'not-ours': {
    title: '这个链接不是本页生成的。',
    action: '没有采用其中的任何内容。请让对方把影片作为文件发来。',
  },
};

const PICTURE_FAULTS: Record<PictureFault, (detail: string) => ErrorMessage> = {
  'not-a-picture': (detail) => ({
    title: '这个文件不是浏览器能读的图片。',
    action: `请使用 PNG、JPEG 或 WebP 文件。收到的是：${sentence(detail)}`,
  }),
  'too-large': (detail) => ({
    title: '这张图片太大了。',
    action: `请缩小它，每边最多 8192 像素。它有：${sentence(detail)}`,
  }),
  animated: (detail) => ({
    title: '这张图片是动的。',
    action: `请用一张静止的图片：动作由影片来完成。它是：${sentence(detail)}`,
  }),
};

const notices: NoticeMessages = {
  device(facts) {
    if (facts.kind === 'webgpu') {
      return `正在图形处理器上运行${facts.adapter === '' ? '' : `（${facts.adapter}）`}。`;
    }
    const { threadCount, refusal } = facts;
    return `正在处理器上以 ${count(threadCount)} 个线程运行，比图形处理器慢。${gpuRefusal(refusal)}`;
  },
  'kept-in-memory'({ reason, byteLength }) {
    const why = reason === 'full' ? '此浏览器的存储空间已满' : '此浏览器不允许网页存储文件';
    return `${why}，所以模型（${bytes(byteLength)}）留在内存中，下次要重新下载。`;
  },
  'waiting-for-other-tab': () => '模型已在此页或另一个标签页中下载；这部影片会等它。',
  'prompt-cut': ({ tokenCount, maxTokenCount, lastWord }) =>
    `模型只读前 ${count(maxTokenCount)} 个词片，这里有 ${count(tokenCount)} 个。“${lastWord}” 之后的不算。`,
  'codec-uncommon': ({ codec }) => `视频采用 ${codec}，有些播放器不能显示，浏览器可以。`,
};

const GPU_REFUSALS: Record<GpuRefusal['cause'], (detail: string) => string> = {
  'not-asked-for': () => '这是按要求选的。',
  'no-webgpu': () => '此浏览器没有 WebGPU，或者页面不是通过 https 加载的。',
  'no-adapter': () => '浏览器没有提供图形处理器。',
  'software-adapter': (name) => `这里唯一的图形处理器是一个程序（${name}）。`,
  'missing-features': (names) => `图形处理器缺少 ${names}。`,
  'small-buffers': (byteLength) =>
    `图形处理器一次最多处理 ${bytes(Number(byteLength))}，模型需要更多。`,
  'no-device': (reason) => `图形处理器没有启动：${sentence(reason)}`,
  'wrong-results': () => '图形处理器在测试中算错了数。',
};

function gpuRefusal({ cause, detail }: GpuRefusal): string {
  return GPU_REFUSALS[cause](detail);
}

function refused(value: string | undefined): string {
  if (value === undefined) return '不适合放在这里';
  return value === '""' ? '不能为空' : `不能是 ${value}`;
}

function expectation(it: Expectation): string {
  switch (it.kind) {
    case 'whole-number':
      return `${plain(it.min)} 到 ${plain(it.max)} 的整数`;
    case 'number':
      return `${plain(it.min)} 到 ${plain(it.max)} 的数`;
    case 'text':
      return '文字';
    case 'true-or-false':
      return 'true 或 false';
    case 'list':
      return `最多 ${plain(it.maxCount)} 项的列表`;
    case 'png':
      return '以 data URL 表示的 PNG 图片';
    case 'film':
      return '带有 prompt 或 rows 的对象';
    case 'row':
      return '带有 prompt 的对象';
    case 'retakes':
      return '带有 startSeconds、endSeconds 和 seed 的对象';
    case 'rows':
      return `1 到 ${plain(it.maxCount)} 个镜头的列表`;
    case 'one-of':
      return `${it.names.join('、')} 之一`;
    case 'known-field':
      return `没有这个字段；已知的有 ${it.names.join('、')}`;
    case 'film-size':
      return `${it.widthPx} × ${it.heightPx}，即影片的尺寸`;
    case 'seconds-in-all':
      return `总共最多 ${formats.seconds(it.maxSeconds)}`;
    case 'row-to-fade':
      return `另一种衔接，因为淡化两侧的镜头至少要有 ${formats.seconds(it.minSeconds)}`;
    case 'row-to-arrive':
      return `没有图片，或者镜头至少有 ${formats.seconds(it.minSeconds)} 以便到达它`;
    case 'end-of-row':
      return '一个数：只有最后一个镜头可以没有结尾';
    case 'no-end':
      return '空：这个镜头没有结尾';
    case 'cut-before-picture':
      return '没有图片，因为这个镜头接着前一个；改为切换就可以';
    case 'own-end-of-film':
      return '不循环，因为最后一个镜头没有结尾，或结束在另一张图片上';
    case 'start-before-end':
      return '小于 endSeconds，并且在镜头之内';
    case 'guidance-of-one':
      return '1：此模型本来就遵循描述';
    case 'guidance-to-avoid':
      return '空：它要靠贴合度起作用，而这里的贴合度是 1';
  }
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  prompt: '描述',
  camera: '运镜',
  seconds: '时长',
  transition: '衔接',
  startPicture: '首帧图片',
  endPicture: '尾帧图片',
  retakes: '重拍',
  seed: '种子',
  stepCount: '步数',
  guidance: '贴合度',
  negativePrompt: '要避开的内容',
  loops: '循环',
  rows: '分镜',
  widthPx: '宽度',
  heightPx: '高度',
};

function fieldName(place: string): string {
  return FIELD_NAMES[place] ?? `“${place}” `;
}

function ofShot(row: number | undefined): string {
  return row === undefined ? '' : `镜头 ${row} 的`;
}

function pictureAbility(starts: boolean, ends: boolean): string {
  if (!starts && !ends) return '只凭文字制作';
  if (!starts) return '可以在你的图片上结束';
  return ends ? '可以从你的图片开始，也可以在你的图片上结束' : '可以从你的图片开始';
}

const stages: Record<Stage, string> = {
  obtain: '获取模型',
  tokenize: '切分文字',
  'encode-text': '理解文字',
  denoise: '去噪',
  decode: '显影画面',
  upscale: '放大画面',
  encode: '编码视频',
  mux: '封装 MP4',
};

const transitions: Record<Transition, string> = {
  continue: '继续',
  cut: '切换',
  'cross-fade': '淡化',
};

const checks: Messages['checks'] = {
  gpu: {
    name: '图形处理器（WebGPU）',
    says: ({ gpu, refusal }) =>
      refusal
        ? `${gpuRefusal(refusal)}短片改由处理器制作，用时更长。请在浏览器设置中打开硬件加速，或试试较新的 Chrome、Edge 或 Safari。`
        : `短片在图形处理器${gpu?.label ? `（${gpu.label}）` : ''}上制作。`,
  },
  f16: {
    name: '半精度数（f16）',
    says: ({ gpu }) => {
      if (!gpu) return '没有图形处理器，就用不到它。';
      return gpu.hasF16
        ? '图形处理器能用它计算：较大的模型只占一半空间。'
        : '图形处理器不能用它计算。这里的模型不需要它；较大的模型会占用更多空间和时间。';
    },
  },
  codec: {
    name: '写出视频（WebCodecs）',
    says: ({ codec }) => {
      if (codec === undefined) return '请使用较新的 Chrome、Edge、Firefox 或 Safari。';
      return isH264(codec)
        ? '视频采用 H.264，到处都能播放。'
        : `视频采用 ${codec}，有些播放器不能显示，浏览器可以。`;
    },
  },
  storage: {
    name: '存储空间',
    says: ({ storage: { refusal, isPersisted, usageByteLength } }) => {
      if (refusal === 'full')
        return '此浏览器的存储空间已满。可以制作短片，但每次访问都要重新下载模型；删除一些内容可以腾出空间。';
      if (refusal === 'denied')
        return '此浏览器不允许网页存储文件，有些隐私窗口就是这样。可以制作短片，但每次访问都要重新下载模型。';
      const now =
        usageByteLength === undefined ? '' : `它现在为本站保留了 ${bytes(usageByteLength)}。`;
      return isPersisted
        ? `模型可以留在此浏览器里，直到你移除它。${now}`
        : `模型可以留在此浏览器里，但空间紧张时浏览器可能会自行清除它。${now}`;
    },
  },
  isolation: {
    name: '隔离的页面',
    says: ({ isIsolated, threadCount }) => {
      if (!isIsolated)
        return '本页没有与其他页面隔离，所以浏览器只给它一个线程。由处理器制作短片时，这会有影响。重新加载一次页面也许有用。';
      return threadCount > 1
        ? `处理器可以用 ${count(threadCount)} 个线程工作。`
        : '处理器只有一个核心，所以只能用一个线程工作。';
    },
  },
};

/** The words of this language. */
export const zh: Messages = {
  direction: 'ltr',
  formats,
  errors,
  notices,
  stages,
  transitions,

  title: 'Zoetrope',
  tagline: '写一句话，看它动起来。',
  privacy: '短片就在这个标签页里制作，你写的话不会离开这台设备。',
  language: '语言',
  promptLanguage: '模型读的是英文：用英文描述效果最好。',
  screensTitle: '页面',
  screens: { studio: '工作室', library: '片库', models: '模型' },
  prompt: '要发生什么？',
  promptPlaceholder: 'a panda dances in the snow',
  examples: '示例',
  seconds: '时长',
  secondsNumber: '时长（秒）',
  secondsUnit: '秒',
  endless: '一直继续',
  shape: '画幅',
  pictures: '图片',
  startPicture: '首帧图片',
  endPicture: '尾帧图片',
  pickPicture: '选择、拖入或粘贴',
  addShot: '添加镜头',
  storyboard: '分镜',
  transition: '衔接',
  dragShot: '拖到别处',
  seed: '种子',
  seedFree: '每部短片用新的种子。锁上就保留这一个。',
  seedLocked: '同样的话和同样的种子得到同样的短片。',
  lockSeed: '锁定种子',
  variations: '四个变体',
  openFilm: '打开影片',
  more: '更多',
  stepCount: '步数',
  stepCountHint: '越多越精细，也越慢。',
  guidance: '贴合度',
  guidanceHint: '越高越严格地遵循文字。',
  negativePrompt: '不要',
  negativePromptHint: '影片应避开的内容。',
  loops: '在开头处结束（循环）',
  storesFilm: '把描述写入 MP4，以便在这里再次打开',
  model: '模型',
  generate: '生成',
  generateKey: 'Ctrl + Enter',
  generateKeyMac: '⌘ Enter',
  cancel: '取消',
  stop: '停止',
  cancelKey: 'Esc',
  cancelling: '正在取消…',
  stopping: '正在停止…',
  consentTitle: '先下载一次',
  consentSaveData: '此设备要求节省流量。',
  consentDecline: '暂不',
  progress: '进度',
  preparing: '正在准备',
  pause: '暂停',
  play: '播放',
  save: '保存 MP4',
  actionsTitle: '对这部短片',
  loop: '做成循环',
  unloop: '取消循环',
  retakePart: '重拍一部分',
  retakeFrom: '从',
  retakeTo: '到',
  retake: '重拍',
  retakeHint: '其余部分保持不变。',
  useSettings: '采用这些设置',
  saveFilm: '保存影片',
  steer: '接下来呢？',
  steerHint: '然后发生什么',
  steerButton: '更改',
  steerTooLate: '太晚了：最后一部分正在制作。',
  unfinished: '未完成的影片',
  unfinishedKeep: '保留',
  unfinishedDrop: '丢弃',
  variationsTitle: '变体',
  variationsHint: '选一个继续。只保留选中的那个。',
  goodToKnow: '须知',
  firstLight: '此模型制作的一部短片',
  statusCancelled: '已取消。不会留下半成品。',
  statusDone: '短片完成了。',
  statusStopped: '已停止。已做好的部分会保留。',
  statusOpened: '影片已打开。',

  // First visit
  about: 'Zoetrope 把一句话变成一小段会动的画面。模型就在这个标签页里运行，用的是你自己的设备。',
  firstDownload: ({ missingByteLength, engineByteLength }) =>
    `制作第一部短片只需下载一次，共 ${bytes(missingByteLength + engineByteLength)}。之后模型会留在此浏览器里，直到你在 “模型” 中将其移除。`,
  consentCellular: '此设备正在使用移动网络，可能会产生流量费用。',
  checkTitle: '这里能运行吗？',
  checking: '正在查看此浏览器能做什么…',
  checkOverall: {
    pass: '能。',
    slow: '能，但比较慢：不用图形处理器。',
    missing: '不能：此浏览器无法写出视频。',
  },
  checkVerdicts: { pass: '良好', slow: '较慢', missing: '缺少' },
  checks,
  copyReport: '复制报告',
  reportHolds: '包含这里显示的内容（英文），以及你的浏览器和图形处理器的名称。',
  reportCopied: '报告已复制。',
  reportToCopy: '请复制此报告：',

  // Prompting
  understood: '已理解：',
  surprise: '来点惊喜',
  wordsButton: '词语',
  wordsTitle: '模型认识的词语',
  wordKinds: {
    cast: '角色',
    actions: '动作',
    places: '地点',
    times: '时间',
    weathers: '天气',
    cameras: '运镜',
  },
  undo: '撤销',
  redo: '重做',
  statusBack: { undo: '之前的内容回来了。', redo: '更改回来了。' },
  statusTaken: '之前的影片已放入表单。',
  guide: '怎样写描述',
  advice: [
    '用英文写一个短句：谁、做什么、在哪里。“词语” 里有模型学过的一切。',
    '名字、文字、大数目和长故事行不通；由几个镜头组成的影片可以。',
    '不是你想要的？再生成一次：换一个种子就是另一部短片。',
  ],
  themes: {
    animals: '动物',
    tales: '从前',
    machines: '机器',
    far: '远方',
  },
  unwatched: '这些输入框不检查拼写：有些浏览器会把检查的内容发给它们的厂商。',
  history: '以前的描述',
  clearHistory: '清空列表',
  historyCleared: '列表已清空。',
  alike: (word, known) => `${word} → ${known}`,
  unknownWords: (unknown) => `模型不认识：${unknown.join('、')}。请改从 “词语” 里选。`,
  openWords: (open) => `不在它的词表里：${open.join('、')}。`,
  earlier: (rowCount, seed) => `${rowCount > 1 ? `${count(rowCount)} 个镜头，` : ''}种子 ${seed}`,

  // Progress and queue
  preview: '预览',
  previewOf: (prompt) => `预览：${prompt}`,
  tellWhenDone: '完成后通知我',
  tellRefused: '浏览器不允许本站发通知。请在网站设置中允许通知后再试。',
  toldDone: '你要的已经做好了。',
  toldAttention: '工作停下了，请来看看。',
  addToQueue: '加入队列',
  queue: '队列',
  queueStart: '启动队列',
  stopAll: '全部停止',
  queueStates: { making: '正在制作', made: '已完成', failed: '失败' },
  show: '查看',
  edit: '编辑',
  queueFacts: (seconds, seed) =>
    `${seconds === Infinity ? '直到你停止' : formats.seconds(seconds)} · 种子 ${seed}`,
  moreShots: (shotCount) => `还有 ${count(shotCount)} 个镜头`,
  moveUp: '上移',
  moveDown: '下移',
  remove: '移除',
  filmTool: (tool, prompt) => `${tool}：${prompt}`,
  queueAdded: (number) => `已加入队列，排在第 ${number} 位。`,
  queueMoved: (number, filmCount) => `现在排在第 ${number} 位，共 ${filmCount} 部。`,
  queueNext: (prompt) => `下一部：${prompt}`,
  queueEdited: '已放回表单。',

  // Library
  libraryEmpty: '还没有保留任何短片。',
  libraryEmptyHint: '你完成的每部短片都会留在这里，直到你删除它。',
  libraryEmptyPrivate: '隐私模式已开启：完成的短片不会保留。',
  libraryFirst: '制作一部短片',
  librarySearch: '搜索',
  libraryStarred: '只看星标',
  libraryNoneFits: '没有符合的短片。',
  libraryTotal: (clipCount, byteLength) => `${count(clipCount)} 部短片，${bytes(byteLength)}`,
  clipFacts: ({ frameCount, framesPerSecond, widthPx, heightPx }, byteLength) =>
    `${clock(frameCount / framesPerSecond)} · ${widthPx} × ${heightPx} · ${bytes(byteLength)}`,
  open: '打开',
  rename: '重命名',
  delete: '删除',
  clipLabels: (name) => ({
    play: `播放 “${name}”`,
    pause: `暂停 “${name}”`,
    star: `给 “${name}” 加星标`,
    more: `“${name}” 的更多操作`,
    name: `“${name}” 的名称`,
  }),
  clipsDeleted: (names) =>
    names.length === 1 ? `已删除 “${names[0]}”。` : `已删除 ${count(names.length)} 部短片。`,
  dismiss: '关闭提示',
  notKept: {
    full: '这部短片不在片库里：此浏览器的存储空间已满。请现在就保存；删除一些短片可以为下一部腾出空间。',
    denied: '这部短片不在片库里：此浏览器不允许网页存储文件。请现在就保存。',
  },
  export: '导出',
  exportTitle: (name) => `导出 “${name}”`,
  exportKinds: {
    mp4: { name: 'MP4', hint: '短片本身' },
    gif: { name: 'GIF', hint: '到处都能播放，每帧 256 色' },
    'png-frames': { name: 'PNG 帧', hint: '每一帧，打包成 zip' },
    'sprite-sheet': { name: '精灵图', hint: '所有帧排在一张 PNG 上' },
    poster: { name: '封面', hint: '第一帧，存为 PNG' },
  },
  exporting: (name, fraction) => `${name}：${percent(fraction)}`,
  exported: (name) => `${name} 已在你的下载文件夹里。`,
  close: '关闭',
  keptHere: '此浏览器保留的内容',
  privateMode: '隐私模式',
  privateModeHint:
    '在所有标签页中，短片、影片片段和设置都不会保留，直到你关闭此模式。模型和之前保留的内容不受影响。',
  deleteEverything: '全部删除',
  deleteEverythingHint: '短片、模型、影片片段、设置，以及让本页能离线使用的内容。',
  deleteEverythingQuestion: '要全部删除吗？删除后无法恢复。',
  keepIt: '保留',
  deleteEverythingBusy: '正在删除…',
  deleteEverythingRow: { before: '之前', after: '现在' },
  siteData: (itemCount, usageByteLength) =>
    `${count(itemCount)} 项${usageByteLength === undefined ? '' : `；浏览器统计为 ${bytes(usageByteLength)}`}`,
  deleteEverythingNote: '有些空间浏览器稍后才会释放。屏幕上的内容在你关闭本页后消失。',

  // Sharing
  copyLink: '复制链接',
  linkCopied: '链接已复制。它包含文字和设置，不包含短片。',
  linkToCopy: '请复制此链接：',
  linkWithoutPictures: '图片留在这里；要一起发送，请保存影片。',
  shareFile: '分享',
  fromLink: '来自链接：先看一看，再按 “生成”。',

  // Models
  modelsHint: '模型把你的话变成画面。只需下载一次，之后就留在这台设备上。',
  modelsWait: '正在制作影片。请等它完成后再管理模型。',
  modelInUse: '使用中',
  modelUse: '使用此模型',
  modelInstall: (missingByteLength) => `安装 ${bytes(missingByteLength)}`,
  modelEngine: (engineByteLength) => `其中 ${bytes(engineByteLength)} 是引擎，所有模型共用。`,
  modelContinue: '继续',
  modelVerify: '检查',
  modelParts: '组成部分、许可和来源',
  modelWork: {
    install: '正在下载',
    verify: '正在检查',
    remove: '正在移除',
    use: '正在更换模型',
  },
  modelAbilities({ sizes, windowSeconds, ...offers }) {
    const window = formats.seconds(Math.round(windowSeconds * 10) / 10);
    return [
      `可制作 ${sizes.map(({ shape, widthPx, heightPx }) => `${shape}（${widthPx}\u00a0×\u00a0${heightPx}）`).join('、')}`,
      offers.continues ? `影片长度不限，每次制作 ${window}` : `短片长 ${window}，不能更长`,
      pictureAbility(offers.startPictures, offers.endPictures),
      offers.guides ? '遵循文字的严格程度由你决定，也能避开不要的内容' : '按学到的程度遵循文字',
    ];
  },
  modelState({ presence, keptByteLength, totalByteLength }, isInterrupted) {
    const total = bytes(totalByteLength);
    const part = `${formats.bytesIn(keptByteLength, totalByteLength)} / ${total}`;
    if (presence === 'whole') return `已在这台设备上，${total}`;
    if (isInterrupted) return `这里已有 ${part}：下载中断了。`;
    if (presence === 'partly') return `这里已有 ${part}；其余部分在影片需要时再下载。`;
    return keptByteLength > 0
      ? `不在这台设备上；它与已有的一个模型共用 ${part}。`
      : `不在这台设备上，${total}`;
  },
  modelInstalled: (title) => `“${title}” 已在这台设备上。`,
  modelPaused: (title) => `已停止。“${title}” 已下载的部分会保留。`,
  modelCheckStopped: (title) => `已停止。“${title}” 中发现损坏的部分会在下一部影片时重新下载。`,
  modelRemoved: (title) => `“${title}” 已从此浏览器移除。`,
  modelRemoveQuestion: (title) =>
    `要移除 “${title}” 吗？完成的短片会保留；再用这个模型就要重新下载。`,
  modelUsed: (title) => `从现在起用 “${title}” 制作影片。`,
  modelVerified(title, checkedCount, mendedCount) {
    const checked = `已检查 “${title}” 的 ${count(checkedCount)} 个部分`;
    return mendedCount === 0
      ? `${checked}：没有损坏。`
      : `${checked}：${count(mendedCount)} 个已损坏，并重新下载了。`;
  },
  persistence: '会一直保留吗？',
  persisted: '此浏览器承诺保留模型和短片，直到你删除它们。',
  notPersisted: '设备空间不足时，此浏览器可能会清除模型和短片。',
  persist: '请浏览器保留它们',
  persistRefused: '浏览器暂时没有承诺。如果你常来，或把本页加入书签，以后可能会。',

  // Offline
  updateReady: '新版本已就绪。',
  updateOtherTabs: '新版本已就绪。请先关闭本页的其他标签页。',
  shieldReady: '重新加载后，本页更快，也无法向别处发送任何内容。',
  reload: '重新加载',
  install: '安装',

  stepOf: (stage, number, total) => {
    const unit = stage === 'denoise' ? '步' : '帧';
    return total === undefined
      ? `第 ${number} ${unit}`
      : `第 ${number} ${unit}，共 ${total} ${unit}`;
  },
  bytesOf: (done, total) => `${done} / ${total}`,
  timeLeft: (seconds, part) => `${part === 'stage' ? '此阶段' : ''}还需约 ${duration(seconds)}`,
  consent({ missingByteLength, engineByteLength, keptByteLength }) {
    const total = bytes(missingByteLength + engineByteLength);
    const engine = engineByteLength > 0 ? `和运行它的引擎（${bytes(engineByteLength)}）` : '';
    const kept = keptByteLength > 0 ? `另有 ${bytes(keptByteLength)} 已在这里。` : '';
    return {
      what: `只需下载一次，共 ${total}：模型（${bytes(missingByteLength)}）${engine}。${kept}`,
      where:
        '模型会留在这台设备上，直到你在 “模型” 中移除它；引擎留在浏览器的缓存里。下一部短片不用再下载。',
      accept: `下载 ${total}`,
    };
  },

  shot: (number) => `镜头 ${number}`,
  shotLabels: (number) => ({
    prompt: `镜头 ${number} 中要发生什么？`,
    moveUp: `上移镜头 ${number}`,
    moveDown: `下移镜头 ${number}`,
    remove: `移除镜头 ${number}`,
    retake: `重拍镜头 ${number}`,
  }),
  moved: (number, shotCount) => `现在是第 ${number} 个镜头，共 ${shotCount} 个。`,
  filmLength: (seconds) => (seconds === Infinity ? '直到你停止' : `共 ${clock(seconds)}`),
  soFar: (seconds) => `目前 ${clock(seconds)}`,
  steered: (atSeconds, prompt) => `从 ${clock(atSeconds, true)} 起：${prompt}`,
  unfinishedFilm(seconds) {
    const kept = seconds < 1 ? '不到一秒' : formats.seconds(Math.round(seconds));
    return `本页关闭时正在制作一部影片：保留了其中的 ${kept}。`;
  },
  extend: (seconds) => `延长 ${seconds} 秒`,
  variation: (number, seed) => `变体 ${number}，种子 ${seed}`,
  variationPending: (number) => `变体 ${number}，尚未制作`,
  variationLine: (number, variationCount, line) => `${number} / ${variationCount} · ${line}`,
  removePicture: (slot) => `移除${slot}`,
  stored: (byteLength) => `这台设备上的模型和影片：${bytes(byteLength)}`,
  clip: (prompt) => `短片：${prompt}`,
};
