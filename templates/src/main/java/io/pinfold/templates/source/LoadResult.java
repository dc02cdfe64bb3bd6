package io.pinfold.templates.source;

import io.pinfold.multiformats.Bytes;
import io.pinfold.templates.Template;

/** What became of loading a template. */
public sealed interface LoadResult {

    /** It came; {@code json} are the bytes it was read from. */
    record Loaded(Template template, Bytes json) implements LoadResult {}

    /** It did not; {@code detail} says what was seen, {@link Fault#advice} what to do. */
    record Failed(TemplateSource source, Fault fault, String detail) implements LoadResult {

        /** The whole in a line for people. */
        public String sentence() {
            return source + ": " + detail + "; " + fault.advice();
        }
    }
}
