package io.pinfold.templates.source;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Where a template is. */
public sealed interface TemplateSource {

    /**
     * The source that {@code text} names: {@code /ipns/NAME[/PATH][?via=ADDRESS]}, {@code /ipfs/CID[/PATH]} (also as {@code ipns://} and
     * {@code ipfs://}), {@code https://…}, {@code http://…} on this machine only, or else a file.
     */
    static Decoded<TemplateSource> parse(String text) {
        return SourceParser.parse(text);
    }

    /**
     * A name that its owner can point elsewhere: a key's ({@code k51…}) or, through DNSLink, a domain.
     *
     * @param via IPFS nodes to connect to first, which may know the name, at most {@value #MAX_VIA}
     */
    record Name(String name, String path, List<Multiaddr> via) implements TemplateSource {

        /** The most nodes to connect to first. */
        public static final int MAX_VIA = 4;

        /** Copies the list. */
        public Name {
            via = List.copyOf(via);
        }

        /** Whether name servers have a part in it. */
        public boolean isDomain() {
            return name.indexOf('.') >= 0;
        }

        @Override
        public String toString() {
            return "/ipns/" + name + path;
        }
    }

    /** A file in IPFS, or one below it. */
    record Content(String cid, String path) implements TemplateSource {
        @Override
        public String toString() {
            return "/ipfs/" + cid + path;
        }
    }

    /** A page on a web server. */
    record Web(URI uri) implements TemplateSource {
        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /** A file on this machine. */
    record LocalFile(Path path) implements TemplateSource {
        @Override
        public String toString() {
            return path.toString();
        }
    }
}
