package io.pinfold.ipfsnode.ipns;

import io.pinfold.ipfsnode.ipns.KeyStore.KeyAnswer;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.testing.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyStoreTest {

    private static final PrivateKey SELF = TestKeys.key(1);

    @TempDir
    Path folder;

    private KeyStore store() {
        return new KeyStore(folder.resolve("keystore"), SELF);
    }

    private static PrivateKey key(KeyAnswer answer) {
        return ((KeyAnswer.Got) answer).key();
    }

    @Test
    void a_key_is_made_once_and_found_again() throws Exception {
        PrivateKey made = key(store().findOrMake("news", new SecureRandom()));
        assertThat(key(store().find("news")).peerId()).isEqualTo(made.peerId());
        assertThat(key(store().findOrMake("news", new SecureRandom())).peerId()).isEqualTo(made.peerId());
        assertThat(store().names()).containsEntry("news", new IpnsName(made.peerId()))
                .containsEntry("self", new IpnsName(SELF.peerId()))
                .hasSize(2);
        assertThat(key(store().find("self")).peerId()).isEqualTo(SELF.peerId());
        assertThat(store().find("other")).isEqualTo(new KeyAnswer.Unknown());
    }

    @Test
    void files_are_for_their_owner_alone() throws Exception {
        store().findOrMake("news", new SecureRandom());
        Path file = folder.resolve("keystore/key_nzsxo4y");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keystore"))))
                .isEqualTo("rwx------");
        assertThat(folder.resolve("keystore")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void a_key_that_kubo_stored_is_found() throws Exception {
        Files.createDirectories(folder.resolve("keystore"));
        Files.write(folder.resolve("keystore/key_mvsde"), KuboRecords.V2_KEY.toBytes().toArray());
        assertThat(key(store().find("ed2")).peerId()).isEqualTo(KuboRecords.V2_NAME.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..\n", "\u0000",
        "0123456789012345678901234567890123456789012345678901234567890123x"})
    void names_that_are_none_are_refused(String name) {
        assertThat(store().findOrMake(name, new SecureRandom())).isInstanceOf(KeyAnswer.Failed.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void odd_names_stay_in_the_folder() throws Exception {
        for (String name : new String[]{"..", ".", "ключ", "NEWS", "news"}) {
            assertThat(store().findOrMake(name, new SecureRandom())).isInstanceOf(KeyAnswer.Got.class);
        }
        assertThat(store().names()).hasSize(6);
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("keystore"));
    }

    @Test
    void a_damaged_file_is_told_and_not_replaced() throws Exception {
        store().findOrMake("news", new SecureRandom());
        Path file = folder.resolve("keystore/key_nzsxo4y");
        Files.write(file, new byte[]{1, 2, 3});
        assertThat(store().findOrMake("news", new SecureRandom())).isInstanceOf(KeyAnswer.Failed.class);
        assertThat(Files.readAllBytes(file)).hasSize(3);
    }

    @Test
    void two_who_make_the_same_key_at_once_get_the_same() throws Exception {
        KeyStore store = store();
        Set<String> made = ConcurrentHashMap.newKeySet();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.startVirtualThread(
                    () -> made.add(key(store.findOrMake("news", new SecureRandom())).peerId().toString()));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(made).hasSize(1);
    }
}
