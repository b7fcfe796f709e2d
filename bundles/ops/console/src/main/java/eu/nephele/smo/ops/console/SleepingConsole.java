// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Keeps the web console asleep until its first use: its bundle gets a start level that the framework does not reach, so
 * that starting it during the start of the server only marks it. Its start would delay the server noticeably, and few
 * users ever open it.
 */
@Component(service = SleepingConsole.class, immediate = true)
public final class SleepingConsole {

    private static final String WEB_CONSOLE = "org.apache.felix.webconsole";

    private static final String SERVLET = "(&(objectClass=jakarta.servlet.Servlet)"
            + "(osgi.http.whiteboard.context.select=*osgi.http.whiteboard.context.name=org.apache.felix.webconsole*))";
    private static final long SERVED_MILLIS = 3_000;
    private static final long DROWSY_NANOS = 10_000_000_000L;

    private final BundleContext context;
    private final LongSupplier ticker;
    private long drowsyUntilNanos;

    @Activate
    public SleepingConsole(BundleContext context) {
        this(context, System::nanoTime);
    }

    SleepingConsole(BundleContext context, LongSupplier ticker) {
        this.context = context;
        this.ticker = ticker;
        this.drowsyUntilNanos = ticker.getAsLong();
        console().filter(this::canSleep).ifPresent(this::putToSleep);
    }

    enum Awakening {
        /** it was asleep and is awake now, or was woken some seconds ago */
        WOKEN,
        /** it was awake before */
        AWAKE,
        /** it is not installed, or an operator has stopped it */
        STOPPED
    }

    /** Waits for the console. */
    synchronized Awakening wake() throws BundleException {
        Optional<Bundle> console = console();
        if (console.isEmpty()) {
            return Awakening.STOPPED;
        }
        Bundle bundle = console.get();
        if (bundle.getState() == Bundle.ACTIVE) {
            return ticker.getAsLong() - drowsyUntilNanos < 0 && served() ? Awakening.WOKEN : Awakening.AWAKE;
        }
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        if (!level.isPersistentlyStarted()) {
            return Awakening.STOPPED;
        }
        level.setStartLevel(framework().getInitialBundleStartLevel());
        bundle.start();
        drowsyUntilNanos = ticker.getAsLong() + DROWSY_NANOS;
        served();
        return Awakening.WOKEN;
    }

    /** The console registers its servlet anew once, when it gets its configuration. */
    private boolean served() {
        try {
            ServiceTracker<Object, Object> servlet = new ServiceTracker<>(context, context.createFilter(SERVLET), null);
            servlet.open();
            try {
                return servlet.waitForService(SERVED_MILLIS) != null;
            } finally {
                servlet.close();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException("The filter is a constant", impossible);
        }
    }

    /** A framework that is raising its start level would fail at a bundle whose level changes meanwhile. */
    private boolean canSleep(Bundle bundle) {
        return bundle.getState() != Bundle.ACTIVE
                && bundle.adapt(BundleStartLevel.class).getStartLevel()
                        < framework().getStartLevel();
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
