package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.unixfs.Entry.FileEntry;
import io.pinfold.ipfsnode.unixfs.Entry.FolderEntry;
import io.pinfold.ipfsnode.unixfs.Entry.LinkEntry;
import io.pinfold.ipfsnode.unixfs.RootCase.Group;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import io.pinfold.testkit.KuboNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Kubo's {@code add} gives the roots that are written down, for every input and all options. */
class ImportRootsIT {

    private static final String BOUNDARY = "pinfold-boundary-1234567890";
    private static final Map<String, Object> PROFILE_2025 = Map.of("/Import/CidVersion", 1, "/Import/UnixFSRawLeaves",
            true, "/Import/UnixFSChunker", "size-1048576", "/Import/UnixFSFileMaxLinks", 1024,
            "/Import/UnixFSHAMTDirectorySizeEstimation", "block");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void rootsAreThoseWrittenDown() throws IOException, InterruptedException {
        Map<String, String> roots = new LinkedHashMap<>();
        Map<Group, List<RootCase>> groups = RootCase.all()
                .stream()
                .collect(Collectors.groupingBy(RootCase::group, LinkedHashMap::new, Collectors.toList()));
        try (KuboNode v0 = KuboNode.start(); KuboNode v1 = KuboNode.start(PROFILE_2025)) {
            for (Map.Entry<Group, List<RootCase>> group : groups.entrySet()) {
                KuboNode kubo = group.getKey().profile().equals("unixfs-v0-2015") ? v0 : v1;
                add(kubo, group.getKey(), group.getValue(), roots);
            }
        }
        roots.forEach((key, root) -> System.out.println(key + " " + root));
        assertThat(roots).containsExactlyInAnyOrderEntriesOf(ImportRootsTest.known());
    }

    private void add(KuboNode kubo, Group group, List<RootCase> cases, Map<String, String> roots)
            throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (RootCase root : cases) {
            write(body, root.name(), root.entry());
        }
        print(body, "--" + BOUNDARY + "--\r\n");
        HttpResponse<String> answer = http.send(HttpRequest
                .newBuilder(URI.create("http://" + kubo.apiHostPort()
                        + "/api/v0/add?pin=false&progress=false&" + group.query()))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(group + ": " + answer.body()).isEqualTo(200);
        Map<String, String> added = new LinkedHashMap<>();
        answer.body().lines().forEach(line -> {
            Map<String, String> fields = fields(line);
            added.put(fields.getOrDefault("Name", ""), fields.getOrDefault("Hash", line));
        });
        for (RootCase root : cases) {
            roots.put(root.key(), added.getOrDefault(root.name(), "nothing in " + answer.body()));
        }
    }

    private static void write(ByteArrayOutputStream body, String path, Entry entry) {
        switch (entry) {
            case FileEntry file -> {
                head(body, path, "application/octet-stream", mode(file.stat(), 0) + mtime(file.stat()));
                body.writeBytes(file.content());
                print(body, "\r\n");
            }
            case LinkEntry link -> {
                head(body, path, "application/symlink", mtime(link.stat()));
                print(body, link.target() + "\r\n");
            }
            case FolderEntry folder -> {
                head(body, path, "application/x-directory", mode(folder.stat(), 1 << 31) + mtime(folder.stat()));
                print(body, "\r\n");
                folder.entries().forEach((name, inside) -> write(body, path + "/" + name, inside));
            }
        }
    }

    private static void head(ByteArrayOutputStream body, String path, String type, String parameters) {
        String name = parameters.isEmpty() ? "file" : "file?" + parameters.substring(1);
        print(body, "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                .formatted(BOUNDARY, name, URLEncoder.encode(path, UTF_8), type));
    }

    /** Modes travel as Go has them: set-id bits are numbered otherwise, and folders have one of their own. */
    private static String mode(UnixFsStat stat, int ofFolder) {
        if (stat.mode().isEmpty()) {
            return "";
        }
        int mode = stat.mode().getAsInt();
        int go = (mode & 0777) | ofFolder;
        go |= (mode & 04000) != 0 ? 1 << 23 : 0;
        go |= (mode & 02000) != 0 ? 1 << 22 : 0;
        go |= (mode & 01000) != 0 ? 1 << 20 : 0;
        return "&mode=0" + Integer.toOctalString(go);
    }

    private static String mtime(UnixFsStat stat) {
        return stat.mtime()
                .map(time -> "&mtime=" + time.getEpochSecond()
                        + (time.getNano() > 0 ? "&mtime-nsecs=" + time.getNano() : ""))
                .orElse("");
    }

    private static void print(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(UTF_8));
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isScalarValue()) {
                    fields.put(parser.currentName(), parser.getString());
                }
            }
        } catch (JacksonException e) {
            throw new AssertionError(line, e);
        }
        return fields;
    }
}
