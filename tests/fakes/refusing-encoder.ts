// Encoders that fail as encoders in the field do: each is the browser's own VideoEncoder with one fault.
// They stand at the `VideoEncoder` option of ExportFilm.

/** Says no to every configuration. */
export function refusingEncoder(): typeof VideoEncoder {
  return class extends VideoEncoder {
    static override isConfigSupported(config: VideoEncoderConfig): Promise<VideoEncoderSupport> {
      return Promise.resolve({ supported: false, config });
    }
  };
}

/** Says yes to every configuration and then cannot encode with codecs that begin so, as Firefox on Linux did. */
export function lyingEncoder(...codecPrefixes: string[]): typeof VideoEncoder {
  return class extends FaultyEncoder {
    static override isConfigSupported(config: VideoEncoderConfig): Promise<VideoEncoderSupport> {
      return Promise.resolve({ supported: true, config });
    }
    override encode(frame: VideoFrame, options?: VideoEncoderEncodeOptions): void {
      if (codecPrefixes.some((prefix) => this.codec.startsWith(prefix)))
        this.die('NotSupportedError');
      else super.encode(frame, options);
    }
  };
}

/** Gives nothing back, not even an error, for frames of codecs that begin so, from this time on. */
export function stuckEncoder(codecPrefix: string, fromMicros = 0): typeof VideoEncoder {
  return class extends FaultyEncoder {
    override encode(frame: VideoFrame, options?: VideoEncoderEncodeOptions): void {
      if (this.codec.startsWith(codecPrefix) && frame.timestamp >= fromMicros) this.swallow();
      else super.encode(frame, options);
    }
  };
}

/** Encodes, but its first film dies with the frame of this time, as when a graphics driver restarts. */
export function dyingEncoder(timestampMicros: number): typeof VideoEncoder {
  let hasDied = false;
  return class extends FaultyEncoder {
    #isDying = false;

    override encode(frame: VideoFrame, options?: VideoEncoderEncodeOptions): void {
      if (!hasDied && frame.timestamp === timestampMicros) {
        hasDied = true;
        this.#isDying = true;
        this.die('EncodingError');
      }
      if (this.#isDying) this.swallow();
      else super.encode(frame, options);
    }
  };
}

/** Drops the frame of this time without a word. */
export function losingEncoder(timestampMicros: number): typeof VideoEncoder {
  return class extends FaultyEncoder {
    override encode(frame: VideoFrame, options?: VideoEncoderEncodeOptions): void {
      if (frame.timestamp !== timestampMicros) super.encode(frame, options);
    }
  };
}

/** Tells decoders something else each time that it is set up again. */
export function fickleEncoder(): typeof VideoEncoder {
  return class extends FaultyEncoder {
    #startCount = 0;

    constructor(init: VideoEncoderInit) {
      super({
        ...init,
        output: (chunk, metadata) => {
          const description = metadata?.decoderConfig?.description as ArrayBuffer | undefined;
          if (description) new Uint8Array(description).set([this.#startCount], 2);
          init.output(chunk, metadata);
        },
      });
    }

    override configure(config: VideoEncoderConfig): void {
      this.#startCount++;
      super.configure(config);
    }
  };
}

class FaultyEncoder extends VideoEncoder {
  protected codec = '';
  #swallowedCount = 0;
  readonly #error: WebCodecsErrorCallback;

  constructor(init: VideoEncoderInit) {
    super(init);
    this.#error = init.error;
  }

  override get encodeQueueSize(): number {
    return super.encodeQueueSize + this.#swallowedCount;
  }

  override configure(config: VideoEncoderConfig): void {
    this.codec = config.codec;
    super.configure(config);
  }

  override flush(): Promise<void> {
    return this.#swallowedCount > 0 ? new Promise(() => undefined) : super.flush();
  }

  /** A frame goes in, stays in the queue, and never comes out. */
  protected swallow(): void {
    this.#swallowedCount++;
  }

  /** As the standard says: in a task of its own the encoder closes and its error callback runs. */
  protected die(name: string): void {
    setTimeout(() => {
      if (this.state === 'closed') return;
      this.close();
      this.#error(new DOMException('the fake died', name));
    }, 0);
  }
}
