package io.pinfold.api.multipart;

import io.pinfold.follower.view.Upload;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FormUploadTest {

    private static FormUpload upload(String body) {
        return new FormUpload(MultipartReader.of(Optional.of("multipart/form-data; boundary=b"),
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))).orElseThrow());
    }

    private static String part(String disposition, String type, String content) {
        return "--b\r\nContent-Disposition: " + disposition + "\r\nContent-Type: " + type + "\r\n\r\n" + content
                + "\r\n";
    }

    private static String file(String name) {
        return part("form-data; name=\"file\"; filename=\"" + name + "\"", "application/octet-stream", "x")
                + "--b--\r\n";
    }

    private static String path(Upload.Entry entry) {
        return String.join("/",
                entry.path().stream().map(name -> new String(name.toArray(), StandardCharsets.UTF_8)).toList());
    }

    @Test
    void reads_what_kubo_sends() throws IOException {
        FormUpload upload = upload(part(
                "form-data; name=\"file?mode=020000000755&mtime=1700000000\"; filename=\"a+folder\"",
                "application/x-directory", "")
                + part("form-data; name=\"file?mode=0644&mtime=1700000000&mtime-nsecs=5\"; filename=\"a+folder%2F%C3%BC+%2B%25.txt\"",
                        "application/octet-stream", "content")
                + part("form-data; name=\"file\"; filename=\"a+folder%2Flink\"", "application/symlink", "../to")
                + "--b--\r\n");
        Upload.Entry folder = upload.next().orElseThrow();
        assertThat(folder).isInstanceOf(Upload.Folder.class);
        assertThat(path(folder)).isEqualTo("a folder");
        assertThat(folder.stat())
                .isEqualTo(new UnixFsStat(OptionalInt.of(0755), Optional.of(Instant.ofEpochSecond(1_700_000_000))));
        Upload.File file = (Upload.File) upload.next().orElseThrow();
        assertThat(path(file)).isEqualTo("a folder/ü +%.txt");
        assertThat(file.stat())
                .isEqualTo(new UnixFsStat(OptionalInt.of(0644), Optional.of(Instant.ofEpochSecond(1_700_000_000, 5))));
        assertThat(file.content().readAllBytes()).asString().isEqualTo("content");
        Upload.Symlink link = (Upload.Symlink) upload.next().orElseThrow();
        assertThat(link.target()).isEqualTo(Bytes.copyOf("../to".getBytes(StandardCharsets.UTF_8)));
        assertThat(link.stat()).isEqualTo(UnixFsStat.NONE);
        assertThat(upload.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"form-data; name=\"file\"; filename=\"x.txt\",x.txt", "attachment; filename=y,y",
        "form-data; name=\"a\"; filename=\"d/e.txt\",d/e.txt", "form-data; name=\"a\"; filename=\"100%\",100%",
        "form-data; name=\"a\"; filename=\"q\\\"b\\\\c\",q\"b\\c", "form-data; name=\"a\",''",
        "form-data; filename=\"\",''",
        "form-data; name=\"a;b\"; filename=\"x;y=z\",x;y=z"})
    void reads_what_other_programs_send(String disposition, String expected) throws IOException {
        Upload.Entry entry = upload(part(disposition, "text/plain; charset=utf-8", "x") + "--b--").next().orElseThrow();
        assertThat(entry).isInstanceOf(Upload.File.class);
        assertThat(path(entry)).isEqualTo(expected);
    }

    @Test
    void folder_may_end_with_a_slash_and_names_be_any_bytes() throws IOException {
        FormUpload upload = upload(part("form-data; filename=\"f/\"", "application/x-directory", "")
                + file("%FF%2F%E4%B8%96"));
        assertThat(path(upload.next().orElseThrow())).isEqualTo("f");
        assertThat(upload.next().orElseThrow().path().getFirst()).isEqualTo(Bytes.fromHex("ff"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "%2Fetc", "..", "../x", "a/../b", "a%2F..", "a%2F%2E%2E%2Fb", ".", "a/./b",
        "a//b",
        "a/", "a%00b", "%00"})
    void refuses_paths_that_lead_elsewhere(String name) {
        assertThatThrownBy(() -> upload(file(name)).next()).as(name)
                .isInstanceOf(BadMultipartException.class)
                .hasMessageStartingWith("part 1: the file name '" + name + "'");
    }

    @Test
    void bounds_names_depth_and_targets() throws IOException {
        String longest = "n".repeat(EntryPath.MAX_NAME);
        assertThat(path(upload(file(longest)).next().orElseThrow())).isEqualTo(longest);
        assertThatThrownBy(() -> upload(file(longest + "n")).next()).hasMessageContaining("more than 1024 bytes");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < EntryPath.MAX_DEPTH; i++) {
            names.add("d");
        }
        String deepest = String.join("/", names);
        assertThat(path(upload(file(deepest)).next().orElseThrow())).isEqualTo(deepest);
        assertThatThrownBy(() -> upload(file(deepest + "/d")).next()).hasMessageContaining("more than 256 folders");
        assertThatThrownBy(
                () -> upload(part("form-data; filename=l", "application/symlink", "t".repeat(4097)) + "--b--").next())
                .hasMessageContaining("more than 4096 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "form-data; filename", "form-data; filename=", "form-data; filename=\"x",
        "form-data; filename=\"x\" y", "form-data; filename=x y", "form-data filename=x",
        "form-data; filename=a; filename=b",
        "form-data; =x", "form data; filename=x"})
    void refuses_dispositions_that_are_malformed(String disposition) {
        assertThatThrownBy(() -> upload(part(disposition, "text/plain", "x") + "--b--").next()).as(disposition)
                .isInstanceOf(BadMultipartException.class)
                .hasMessageContaining("Content-Disposition");
    }

    @Test
    void refuses_a_type_that_is_malformed_and_takes_none() throws IOException {
        assertThatThrownBy(() -> upload(part("form-data; filename=x", "te xt", "x") + "--b--").next())
                .hasMessageContaining("Content-Type");
        assertThat(upload("--b\r\nContent-Disposition: form-data; filename=x\r\n\r\nx\r\n--b--").next()).get()
                .isInstanceOf(Upload.File.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file?mode=0", "file?mode=9", "file?mode=", "file?mtime=0", "file?mtime=x",
        "file?mtime=1&mtime-nsecs=x",
        "file?mode=77777777777777777", "file?mtime=999999999999999999", "file?&&=&a"})
    void mode_and_time_that_say_nothing_are_left_out(String name) throws IOException {
        String part = part("form-data; name=\"" + name + "\"; filename=x", "text/plain", "x") + "--b--";
        assertThat(upload(part).next().orElseThrow().stat()).as(name).isEqualTo(UnixFsStat.NONE);
    }

    @Test
    void special_bits_of_a_mode_are_those_of_unix() throws IOException {
        long go = 1L << 23 | 1L << 22 | 1L << 20 | 0711;
        String part = part("form-data; name=\"file?mode=0" + Long.toOctalString(go) + "\"; filename=x", "a/b", "x")
                + "--b--";
        assertThat(upload(part).next().orElseThrow().stat().mode()).hasValue(07711);
    }
}
