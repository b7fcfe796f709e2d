// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.logging;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes the warnings and errors of the framework services to SLF4J, including those from before its own start. Without
 * it the reason why a component did not start remains in the memory of the OSGi log service.
 */
@Component(
        service = {},
        immediate = true)
public final class OsgiLog {

    private final LogReaderService reader;
    private final LogListener listener = OsgiLog::write;

    @Activate
    public OsgiLog(@Reference LogReaderService reader) {
        this.reader = reader;
        reader.addLogListener(listener);
        for (var entries = reader.getLog(); entries.hasMoreElements(); ) {
            write(entries.nextElement());
        }
    }

    @Deactivate
    void stop() {
        reader.removeLogListener(listener);
    }

    private static void write(LogEntry entry) {
        LogLevel level = entry.getLogLevel();
        if (level != LogLevel.ERROR && level != LogLevel.WARN && level != LogLevel.AUDIT) {
            return;
        }
        Logger logger = LoggerFactory.getLogger("osgi." + entry.getBundle().getSymbolicName());
        logger.atLevel(level == LogLevel.ERROR ? Level.ERROR : Level.WARN)
                .setCause(entry.getException())
                .log(entry.getMessage());
    }
}
