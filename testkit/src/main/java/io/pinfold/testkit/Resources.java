package io.pinfold.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test has opened, closed when it has ended: the last one first, each of them whatever became of the others.
 *
 * <p>Used as {@code @RegisterExtension final Resources resources = new Resources()}. When the test has failed, each is shown as
 * text before, so that processes can tell what they printed last.
 */
public final class Resources implements AfterEachCallback {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Keeps {@code resource} until the end of the test. */
    public <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        boolean failed = context.getExecutionException().isPresent();
        Exception problem = null;
        for (AutoCloseable resource : open) {
            if (failed) {
                System.err.println(resource);
            }
            try {
                resource.close();
            } catch (Exception e) {
                problem = e;
            }
        }
        if (problem != null) {
            throw problem;
        }
    }
}
