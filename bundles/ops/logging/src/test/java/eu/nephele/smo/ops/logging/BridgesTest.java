// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.osgi.framework.Bundle;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.LoggerFactory;

class BridgesTest {

    private final ch.qos.logback.classic.Logger root =
            (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    @BeforeEach
    void listen() {
        written.start();
        root.addAppender(written);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(written);
    }

    @Test
    void anEarlierErrorOfAComponentIsWrittenWithItsBundleAndCause() {
        RuntimeException cause = new IllegalStateException("no url");
        LogEntry early = entry(LogLevel.ERROR, "not started", cause);
        new OsgiLog(reader(early));
        assertThat(written.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getLoggerName()).isEqualTo("osgi.eu.nephele.smo.core.store");
            assertThat(event.getFormattedMessage()).isEqualTo("not started");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("no url");
        });
    }

    @Test
    void laterWarningsAreWrittenAndInformationIsNot() {
        LogReaderService reader = reader();
        OsgiLog log = new OsgiLog(reader);
        ArgumentCaptor<LogListener> listener = ArgumentCaptor.forClass(LogListener.class);
        verify(reader).addLogListener(listener.capture());
        listener.getValue().logged(entry(LogLevel.INFO, "started", null));
        listener.getValue().logged(entry(LogLevel.WARN, "odd", null));
        assertThat(written.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("odd");
        log.stop();
        verify(reader).removeLogListener(listener.getValue());
    }

    @Test
    void loggersOfDeclarativeServicesWriteUnderTheNameOfTheBundleThatTheyAreAbout() {
        Bundle plugin = mock(Bundle.class);
        when(plugin.getSymbolicName()).thenReturn("eu.partner.plugin");
        OsgiLoggers.Loggers loggers = new OsgiLoggers.Loggers(mock(Bundle.class));
        org.osgi.service.log.Logger logger = loggers.getLogger(plugin, "any", org.osgi.service.log.Logger.class);
        RuntimeException cause = new IllegalStateException("no url");

        logger.error("not started", cause);
        logger.warn("{} of {}", 1, 2);
        logger.warn("{} {} {}", 1, 2, 3);
        logger.audit("plain");
        logger.error(inner -> inner.error("on demand"));
        loggers.getLogger(plugin, "any", org.osgi.service.log.FormatterLogger.class)
                .error("%d%%", 5);
        logger.trace("not at this level");
        logger.trace(inner -> inner.error("nor this"));

        assertThat(written.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("not started", "1 of 2", "1 2 3", "plain", "on demand", "5%");
        assertThat(written.list)
                .allSatisfy(event -> assertThat(event.getLoggerName()).isEqualTo("osgi.eu.partner.plugin"));
        assertThat(written.list.get(0).getThrowableProxy().getMessage()).isEqualTo("no url");
        assertThat(logger.isErrorEnabled()).isTrue();
        assertThat(logger.isTraceEnabled()).isFalse();
        assertThat(logger.getName()).isEqualTo("osgi.eu.partner.plugin");
    }

    @Test
    void javaLoggingGoesToTheLogWhileTheBridgeIsThereAndBackAfterwards() {
        Logger julRoot = Logger.getLogger("");
        List<Handler> before = List.of(julRoot.getHandlers());
        JavaLogging bridge = new JavaLogging();
        Logger.getLogger("org.glassfish.jersey").warning("slow");
        bridge.stop();
        assertThat(written.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("slow");
        assertThat(julRoot.getHandlers()).containsExactlyElementsOf(before);
    }

    private static LogReaderService reader(LogEntry... entries) {
        LogReaderService reader = mock(LogReaderService.class);
        when(reader.getLog()).thenReturn(Collections.enumeration(List.of(entries)));
        return reader;
    }

    private static LogEntry entry(LogLevel level, String message, Throwable cause) {
        Bundle bundle = mock(Bundle.class);
        when(bundle.getSymbolicName()).thenReturn("eu.nephele.smo.core.store");
        LogEntry entry = mock(LogEntry.class);
        when(entry.getBundle()).thenReturn(bundle);
        when(entry.getLogLevel()).thenReturn(level);
        when(entry.getMessage()).thenReturn(message);
        when(entry.getException()).thenReturn(cause);
        return entry;
    }
}
