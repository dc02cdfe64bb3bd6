package io.pinfold.libp2p;

import io.pinfold.testkit.FreshClasses;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HostConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"Handshakes", "Connections", "Dials", "Streams"})
    void theDefaultIsWholeWhicheverPartIsUsedFirst(String part) throws IOException, ReflectiveOperationException {
        try (FreshClasses loader = FreshClasses.besides(HostConfig.class)) {
            Class.forName(HostConfig.class.getName() + "$" + part, true, loader);
            Class<?> config = loader.loadClass(HostConfig.class.getName());
            Object whole = config.getField("DEFAULT").get(null);
            for (RecordComponent component : config.getRecordComponents()) {
                assertThat(component.getAccessor().invoke(whole)).as(component.getName()).isNotNull();
            }
        }
    }
}
