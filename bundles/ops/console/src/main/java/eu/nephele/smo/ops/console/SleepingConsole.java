// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import java.util.Arrays;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the web console asleep until somebody wants it: its bundle gets a start level that the framework does not reach, so that
 * starting it while the server starts only marks it. Its start would make the server noticeably later, and few ever open it.
 */
@Component(service = SleepingConsole.class, immediate = true)
public final class SleepingConsole {

    private static final String WEB_CONSOLE = "org.apache.felix.webconsole";

    private final BundleContext context;

    @Activate
    public SleepingConsole(BundleContext context) {
        this.context = context;
        console().filter(bundle -> bundle.getState() != Bundle.ACTIVE).ifPresent(this::putToSleep);
    }

    /** What became of waking it. */
    enum Awakening {
        /** it was asleep and is awake now */
        WOKEN,
        /** it was awake before */
        AWAKE,
        /** it is not installed, or an operator has stopped it */
        STOPPED
    }

    /**
     * Wakes the console, and waits for it.
     *
     * @throws BundleException when it does not start
     */
    synchronized Awakening wake() throws BundleException {
        Optional<Bundle> console = console();
        if (console.isEmpty()) {
            return Awakening.STOPPED;
        }
        Bundle bundle = console.get();
        if (bundle.getState() == Bundle.ACTIVE) {
            return Awakening.AWAKE;
        }
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        if (!level.isPersistentlyStarted()) {
            return Awakening.STOPPED;
        }
        level.setStartLevel(framework().getInitialBundleStartLevel());
        bundle.start();
        return Awakening.WOKEN;
    }

    private void putToSleep(Bundle bundle) {
        bundle.adapt(BundleStartLevel.class).setStartLevel(framework().getStartLevel() + 1);
    }

    private Optional<Bundle> console() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> WEB_CONSOLE.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    private FrameworkStartLevel framework() {
        return context.getBundle(0).adapt(FrameworkStartLevel.class);
    }
}
