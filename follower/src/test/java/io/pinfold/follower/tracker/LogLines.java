package io.pinfold.follower.tracker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** All lines that the loggers below a name write, of whatever level, until it is closed. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger;
    private final @Nullable Level before;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    private LogLines(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
    }

    static LogLines of(String name) {
        LogLines lines = new LogLines((Logger) LoggerFactory.getLogger(name));
        lines.start();
        lines.logger.setLevel(Level.TRACE);
        lines.logger.addAppender(lines);
        return lines;
    }

    /** Those of {@code level} and above. */
    List<String> from(Level level) {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
    }
}
