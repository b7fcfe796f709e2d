// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Tries in the way that the manifest names to end the process, or to hold up its end. */
public class Ending implements BundleActivator {

    /** As an interface has code, too. */
    interface Quit {
        static void now() {
            Runtime.getRuntime().exit(3);
        }
    }

    /** Ends the process while it is loaded. */
    static final class WhenLoaded {
        static final int NEVER = ended();

        private WhenLoaded() {}

        private static int ended() {
            System.exit(4);
            return 0;
        }
    }

    @Override
    public void start(BundleContext context) {
        Thread late = new Thread(() -> {}, "sample-late");
        IntConsumer exit = System::exit;
        IntConsumer halt = Runtime.getRuntime()::halt;
        Consumer<Thread> hook = Runtime.getRuntime()::addShutdownHook;
        switch (context.getBundle().getHeaders("").get("X-Way")) {
            case "exit" -> System.exit(1);
            case "interface" -> Quit.now();
            case "halt" -> Runtime.getRuntime().halt(2);
            case "loaded" -> System.setProperty("sample.never", String.valueOf(WhenLoaded.NEVER));
            case "hook" -> Runtime.getRuntime().addShutdownHook(late);
            case "exit reference" -> exit.accept(5);
            case "halt reference" -> halt.accept(6);
            case "hook reference" -> hook.accept(late);
            case "library" -> System.loadLibrary("sample");
            default -> System.load("/sample.so");
        }
    }

    @Override
    public void stop(BundleContext context) {
        // nothing was started
    }
}
