// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.logging;

import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * Provides Declarative Services with loggers that write to SLF4J. Loggers of the log service (Felix Log 1.3.0) are
 * never released, so that each update of a plugin would leak some kilobytes; these refer to the bundle by its name
 * only. Users of {@code LogService} are still covered by {@link OsgiLog}.
 */
@Component(
        service = {},
        immediate = true)
public final class OsgiLoggers {

    private static final int BEFORE_THE_LOG_SERVICE = 100;

    private final ServiceRegistration<LoggerFactory> registration;

    /** Registered by hand: Declarative Services need it while they create components. */
    @Activate
    public OsgiLoggers(BundleContext context) {
        registration = context.registerService(
                LoggerFactory.class,
                new PerBundle(),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, BEFORE_THE_LOG_SERVICE)));
    }

    @Deactivate
    void stop() {
        registration.unregister();
    }

    private static final class PerBundle implements ServiceFactory<LoggerFactory> {

        @Override
        public LoggerFactory getService(Bundle user, ServiceRegistration<LoggerFactory> ours) {
            return new Loggers(user);
        }

        @Override
        public void ungetService(Bundle user, ServiceRegistration<LoggerFactory> ours, LoggerFactory loggers) {
            // holds nothing
        }
    }

    /** @param user owner of the loggers when no other bundle is named */
    record Loggers(Bundle user) implements LoggerFactory {

        @Override
        public Logger getLogger(String name) {
            return getLogger(user, name, Logger.class);
        }

        @Override
        public Logger getLogger(Class<?> type) {
            return getLogger(user, type.getName(), Logger.class);
        }

        @Override
        public <L extends Logger> L getLogger(String name, Class<L> kind) {
            return getLogger(user, name, kind);
        }

        @Override
        public <L extends Logger> L getLogger(Class<?> type, Class<L> kind) {
            return getLogger(user, type.getName(), kind);
        }

        @Override
        public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> kind) {
            return LoggerProxy.to("osgi." + bundle.getSymbolicName(), kind);
        }
    }
}
