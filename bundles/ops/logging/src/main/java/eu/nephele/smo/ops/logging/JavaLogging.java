// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.logging;

import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Redirects {@code java.util.logging}, which Jersey, SPI Fly and EclipseLink use, to SLF4J instead of standard error.
 * Levels are still set by the configuration of {@code java.util.logging}, because a record is suppressed most cheaply
 * at its source.
 */
@Component(
        service = {},
        immediate = true)
public final class JavaLogging {

    private final Logger root = LogManager.getLogManager().getLogger("");
    private final List<Handler> replaced = Arrays.asList(root.getHandlers());
    private final Handler bridge = new SLF4JBridgeHandler();

    @Activate
    public JavaLogging() {
        replaced.forEach(root::removeHandler);
        root.addHandler(bridge);
    }

    @Deactivate
    void stop() {
        root.removeHandler(bridge);
        replaced.forEach(root::addHandler);
    }
}
