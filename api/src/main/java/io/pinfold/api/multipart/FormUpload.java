package io.pinfold.api.multipart;

import io.pinfold.follower.view.Upload;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Files, folders and symbolic links in the parts of a form, as Kubo's and ipfs-cluster's clients send them: the path stands as
 * {@code filename} in {@code Content-Disposition}, and {@code Content-Type} tells folders ({@code application/x-directory}) and
 * links ({@code application/symlink}, the target as content) from files. A form of any other program is a list of files.
 *
 * <p>A path that is absolute, has dots or NUL in it, or is too long or too deep, ends the upload with {@link BadMultipartException}.
 */
public final class FormUpload implements Upload {

    /** The longest target of a symbolic link, in bytes. */
    public static final int MAX_TARGET = 4096;

    private final MultipartReader parts;

    /** The entries in {@code parts}. */
    public FormUpload(MultipartReader parts) {
        this.parts = parts;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        Optional<Part> part = parts.next();
        return part.isEmpty() ? Optional.empty() : Optional.of(entry(part.get()));
    }

    private static Entry entry(Part part) throws IOException {
        HeaderValue disposition = part.header("content-disposition")
                .flatMap(HeaderValue::parse)
                .orElseThrow(() -> bad(part, "Content-Disposition is absent or malformed"));
        String fileName = disposition.parameter("filename").orElse("");
        UnixFsStat stat = PartStat.of(disposition.parameter("name").orElse(""));
        String type = type(part);
        boolean folder = type.equals("application/x-directory") || type.equals("multipart/form-data");
        List<Bytes> path = path(part, folder && fileName.endsWith("/")
                ? fileName.substring(0, fileName.length() - 1)
                : fileName);
        if (folder) {
            return new Folder(path, stat);
        }
        return type.equals("application/symlink")
                ? new Symlink(path, stat, target(part))
                : new File(path, stat, part.content());
    }

    private static String type(Part part) throws BadMultipartException {
        Optional<String> text = part.header("content-type").filter(value -> !value.isEmpty());
        return text.isEmpty()
                ? ""
                : HeaderValue.parse(text.get())
                        .orElseThrow(() -> bad(part, "Content-Type is malformed"))
                        .word();
    }

    private static List<Bytes> path(Part part, String fileName) throws BadMultipartException {
        return switch (EntryPath.of(fileName)) {
            case EntryPath.Result.Good(List<Bytes> names) -> names;
            case EntryPath.Result.Bad(String why) -> throw bad(part, "the file name " + shown(fileName) + " " + why);
        };
    }

    private static Bytes target(Part part) throws IOException {
        byte[] target = part.content().readNBytes(MAX_TARGET + 1);
        if (target.length > MAX_TARGET) {
            throw bad(part, "the target of a symbolic link has more than " + MAX_TARGET + " bytes");
        }
        return Bytes.copyOf(target);
    }

    private static String shown(String fileName) {
        return fileName.length() <= 100 ? "'" + fileName + "'" : "'" + fileName.substring(0, 100) + "…'";
    }

    private static BadMultipartException bad(Part part, String why) {
        return new BadMultipartException("part " + part.number() + ": " + why);
    }
}
