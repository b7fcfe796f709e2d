// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability.diagnosis;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import eu.nephele.smo.core.contract.runtime.DiagnosticReport;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last 200 warnings and errors of the log, in memory: some 200 KB at most. */
public final class RecentErrors implements DiagnosticReport, AutoCloseable {

    static final int KEPT = 200;

    private static final int LONGEST = 1_000;
    private static final int CAUSES = 5;

    private final Deque<String> events = new ArrayDeque<>();
    private final Optional<LoggerContext> log;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                keep(text(event));
            }
        }
    };

    public RecentErrors() {
        this(LoggerFactory.getILoggerFactory());
    }

    /** @param factory loggers of another kind are not listened to */
    RecentErrors(ILoggerFactory factory) {
        this.log = factory instanceof LoggerContext logback ? Optional.of(logback) : Optional.empty();
        appender.setName("smo-recent-errors");
        log.ifPresent(logback -> {
            appender.setContext(logback);
            appender.start();
            logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        });
    }

    @Override
    public void close() {
        log.ifPresent(logback -> logback.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender));
        appender.stop();
    }

    @Override
    public String fileName() {
        return "errors.txt";
    }

    @Override
    public List<String> lines() {
        synchronized (events) {
            return events.isEmpty() ? List.of("No warning and no error.") : new ArrayList<>(events);
        }
    }

    private void keep(String text) {
        synchronized (events) {
            if (events.size() == KEPT) {
                events.removeFirst();
            }
            events.addLast(text);
        }
    }

    private static String text(ILoggingEvent event) {
        StringBuilder text = new StringBuilder("%s %s %s [%s] %s"
                .formatted(
                        Instant.ofEpochMilli(event.getTimeStamp()),
                        event.getLevel(),
                        event.getLoggerName(),
                        event.getThreadName(),
                        event.getFormattedMessage()));
        IThrowableProxy cause = event.getThrowableProxy();
        for (int i = 0; cause != null && i < CAUSES; i++) {
            text.append("\n    ").append(cause.getClassName()).append(": ").append(cause.getMessage());
            if (cause.getStackTraceElementProxyArray().length > 0) {
                text.append("\n        ").append(cause.getStackTraceElementProxyArray()[0]);
            }
            cause = cause.getCause();
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text.toString();
    }
}
