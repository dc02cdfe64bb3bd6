package io.pinfold.cli.service.ipfs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where content goes on this machine; what fails here is told apart from what fails on the way from the node. */
final class LocalOutput extends OutputStream {

    private final OutputStream out;
    private final String name;

    /** Writing failed; the message is for people. */
    static final class UnwritableException extends IOException {

        private static final long serialVersionUID = 1;

        UnwritableException(String message) {
            super(message);
        }
    }

    private LocalOutput(OutputStream out, String name) {
        this.out = out;
        this.name = name;
    }

    /** A new file; one that is there is not opened. */
    static LocalOutput create(Path file) throws UnwritableException {
        try {
            return new LocalOutput(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    file.toString());
        } catch (IOException e) {
            throw unwritable(file.toString(), e);
        }
    }

    /** Standard output, whose end is noticed. */
    static LocalOutput of(PrintStream stream) {
        OutputStream checked = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[]{(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                stream.write(bytes, offset, length);
                if (stream.checkError()) {
                    throw new IOException("nobody reads it any more");
                }
            }
        };
        return new LocalOutput(checked, "standard output");
    }

    /** Says that {@code name} cannot be written. */
    static UnwritableException unwritable(String name, IOException problem) {
        return new UnwritableException(name + " cannot be written: " + problem);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[]{(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw unwritable(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(name, e);
        }
    }
}
