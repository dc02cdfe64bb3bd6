package io.pinfold.trust;

import io.pinfold.multiformats.testing.TestKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IdentityFileTest {

    /** Written by ipfs-cluster-service 1.1.2 init. */
    private static final String OF_IPFS_CLUSTER = """
            {
                "id": "12D3KooWMsqgMrqqNqZ2jfB3vAiRnUWSw1DqH9iDK5qKrJERddhX",
                "private_key": "%s"
            }
            """.formatted(Base64.getEncoder().encodeToString(TestKeys.key(1).toBytes().toArray()));

    private static final String RSA = "CAASBQEBAQEB";

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        IdentityFile file = new IdentityFile(folder.resolve("identity.json"));
        assertThat(file.read()).isInstanceOf(IdentityReading.Missing.class);
        file.create(new Identity(TestKeys.key(1)));
        assertThat(loaded(file).id()).isEqualTo(TestKeys.peerId(1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("identity.json"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void theFormIsThatOfIpfsCluster() throws IOException {
        new IdentityFile(folder.resolve("identity.json")).create(new Identity(TestKeys.key(1)));
        assertThat(folder.resolve("identity.json")).hasContent(OF_IPFS_CLUSTER);
        assertThat(loaded(write(OF_IPFS_CLUSTER)).id()).isEqualTo(TestKeys.peerId(1));
    }

    @Test
    void anExistingFileIsNeverReplaced() throws IOException {
        IdentityFile file = write(OF_IPFS_CLUSTER);
        assertThatThrownBy(() -> file.create(new Identity(TestKeys.key(2))))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(loaded(file).id()).isEqualTo(TestKeys.peerId(1));
    }

    @Test
    void aFileOpenToOthersIsClosed() throws IOException {
        IdentityFile file = write(OF_IPFS_CLUSTER);
        Path path = folder.resolve("identity.json");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        loaded(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
    }

    @Test
    void anRsaKeyIsRefusedWithASentenceThatSaysWhatToDo() throws IOException {
        String reason = refusal("{\"id\": \"QmX\", \"private_key\": \"" + RSA + "\"}");
        assertThat(reason).contains("not of type Ed25519").contains("create a new identity").doesNotContain(RSA);
    }

    @Test
    void anIdOfAnotherKeyIsRefused() throws IOException {
        assertThat(refusal(OF_IPFS_CLUSTER.replace(TestKeys.peerId(1).toString(), TestKeys.peerId(2).toString())))
                .contains("not that of its private key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"id\": 1, \"private_key\": 2}",
        "{\"id\": \"a\", \"private_key\": \"!\"}", "{\"id\": \"a\", \"private_key\": \"AAAA\"}",
        "{\"id\": \"a\", \"private_key\": \"\"}", "{\"id\": \"a\", \"id\": \"b\", \"private_key\": \"CAE=\"}"})
    void garbageIsRefusedWithASentence(String content) throws IOException {
        assertThat(refusal(content)).contains("identity.json").endsWith(".");
    }

    @Test
    void aHugeFileIsRefusedUnread() throws IOException {
        assertThat(refusal(" ".repeat(IdentityFile.MAX_BYTES + 1))).contains("larger");
    }

    private IdentityFile write(String content) throws IOException {
        Files.writeString(folder.resolve("identity.json"), content);
        return new IdentityFile(folder.resolve("identity.json"));
    }

    private String refusal(String content) throws IOException {
        IdentityReading reading = write(content).read();
        assertThat(reading).isInstanceOf(IdentityReading.Refused.class);
        return ((IdentityReading.Refused) reading).reason();
    }

    private static Identity loaded(IdentityFile file) throws IOException {
        IdentityReading reading = file.read();
        assertThat(reading).isInstanceOf(IdentityReading.Loaded.class);
        return ((IdentityReading.Loaded) reading).identity();
    }
}
