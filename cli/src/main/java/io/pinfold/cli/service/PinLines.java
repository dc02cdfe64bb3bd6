package io.pinfold.cli.service;

import io.pinfold.api.json.PinJsonReader;
import io.pinfold.cli.console.Complaint;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * The pins of a file of JSON objects, of which each has a line to itself as a rule, or several, with nothing but white space between
 * them. One is in memory at a time.
 */
final class PinLines implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final String file;
    private final InputStream in;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private long line = 1;
    private long begin = 1;

    private PinLines(String file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** Opens {@code source}. */
    static PinLines open(ImportSource source) throws Complaint {
        try {
            return new PinLines(source.name(), new BufferedInputStream(Files.newInputStream(source.path()), BUFFER));
        } catch (NoSuchFileException _) {
            throw new Complaint("error: there is no file " + source.name(), ServiceExit.USAGE);
        } catch (IOException e) {
            throw unreadable(source.name(), e);
        }
    }

    /** The next pin; empty at the end. */
    Optional<PinInfo> next() throws Complaint {
        try {
            return read() ? Optional.of(parse(Bytes.copyOf(value.toByteArray()))) : Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** A complaint about the value that was read last. */
    Complaint refused(String why) {
        return new Complaint("error: line " + begin + " of " + file + ": " + why + "; nothing was imported",
                ServiceExit.FAILED);
    }

    @Override
    public void close() throws Complaint {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private PinInfo parse(Bytes bytes) throws Complaint {
        return switch (PinJsonReader.read(bytes)) {
            case Decoded.Ok<PinInfo>(PinInfo pin) -> pin;
            case Decoded.Refused<PinInfo>(Refusal refusal) -> throw refused(refusal.detail());
        };
    }

    /** Reads a value, of which no more than one byte above the limit is kept; whether there was one. */
    private boolean read() throws IOException {
        value.reset();
        int next = in.read();
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            line += next == '\n' ? 1 : 0;
            next = in.read();
        }
        begin = line;
        JsonEnd end = new JsonEnd();
        while (next >= 0 && value.size() <= PinJsonReader.MAX_BYTES) {
            value.write(next);
            line += next == '\n' ? 1 : 0;
            if (end.isAfter(next)) {
                return true;
            }
            next = in.read();
        }
        return value.size() > 0;
    }

    private static Complaint unreadable(String file, IOException e) {
        return new Complaint("error: " + file + " cannot be read: " + e, ServiceExit.FAILED);
    }
}
