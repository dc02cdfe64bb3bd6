package io.pinfold.libp2p;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HostConfigTest {

    /** In a class loader of its own, where nothing is initialised yet. */
    @ParameterizedTest
    @ValueSource(strings = {"Handshakes", "Connections", "Dials", "Streams"})
    void theDefaultIsWholeWhicheverPartIsUsedFirst(String part) throws IOException, ReflectiveOperationException {
        URL[] classes = {HostConfig.class.getProtectionDomain().getCodeSource().getLocation()};
        try (var loader = new FreshLoader(classes)) {
            Class.forName(HostConfig.class.getName() + "$" + part, true, loader);
            Class<?> config = loader.loadClass(HostConfig.class.getName());
            Object whole = config.getField("DEFAULT").get(null);
            for (RecordComponent component : config.getRecordComponents()) {
                assertThat(component.getAccessor().invoke(whole)).as(component.getName()).isNotNull();
            }
        }
    }

    /** Loads this module's classes itself and leaves all others to the test's loader. */
    private static final class FreshLoader extends URLClassLoader {

        FreshLoader(URL... classes) {
            super(classes, HostConfigTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.pinfold.libp2p.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
