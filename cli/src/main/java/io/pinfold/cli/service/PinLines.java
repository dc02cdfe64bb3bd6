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
import java.nio.file.Path;
import java.util.Optional;

/** The pins of a file with one JSON object a line; empty lines are passed over. One line is in memory at a time. */
final class PinLines implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;

    private PinLines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** Opens {@code file}. */
    static PinLines open(Path file) throws Complaint {
        try {
            return new PinLines(file, new BufferedInputStream(Files.newInputStream(file), BUFFER));
        } catch (NoSuchFileException _) {
            throw new Complaint("error: there is no file " + file, ServiceExit.USAGE);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The next pin; empty at the end. */
    Optional<PinInfo> next() throws Complaint {
        try {
            while (read()) {
                number++;
                if (!line.toString(java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
                    return Optional.of(parse(Bytes.copyOf(line.toByteArray())));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** A complaint about the line that was read last. */
    Complaint refused(String why) {
        return new Complaint("error: line " + number + " of " + file + ": " + why + "; nothing was imported",
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

    /** Reads a line, of which no more than one byte above the limit is kept; whether there was one. */
    private boolean read() throws IOException {
        line.reset();
        int next = in.read();
        if (next < 0) {
            return false;
        }
        while (next >= 0 && next != '\n' && line.size() <= PinJsonReader.MAX_BYTES) {
            line.write(next);
            next = in.read();
        }
        return true;
    }

    private static Complaint unreadable(Path file, IOException e) {
        return new Complaint("error: " + file + " cannot be read: " + e, ServiceExit.FAILED);
    }
}
