package io.pinfold.follower.tracker;

import io.pinfold.testkit.FreshClasses;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrackerConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"Work", "Compare", "Backend", "Removal"})
    void theDefaultIsWholeWhicheverPartIsUsedFirst(String part) throws IOException, ReflectiveOperationException {
        try (FreshClasses loader = FreshClasses.besides(TrackerConfig.class)) {
            Class.forName(TrackerConfig.class.getName() + "$" + part, true, loader);
            Class<?> config = loader.loadClass(TrackerConfig.class.getName());
            Object whole = config.getField("DEFAULT").get(null);
            for (RecordComponent component : config.getRecordComponents()) {
                assertThat(component.getAccessor().invoke(whole)).as(component.getName()).isNotNull();
            }
        }
    }
}
