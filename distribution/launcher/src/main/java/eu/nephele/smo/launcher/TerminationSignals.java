// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reacts to SIGTERM and SIGINT. A shutdown hook would drain as well, but the process would end with 143 or 130 even
 * after a clean drain; a handler leaves the exit status to the program.
 */
final class TerminationSignals {

    private TerminationSignals() {}

    /**
     * Passes every SIGTERM and SIGINT to the action, by name; returns the signals that this virtual machine allows to
     * handle.
     */
    static List<String> onTermination(Consumer<String> action) {
        return List.of("TERM", "INT").stream()
                .filter(name -> handle(name, action))
                .toList();
    }

    /** By reflection, because the compiler warns of {@code sun.misc} and this warning cannot be suppressed. */
    private static boolean handle(String name, Consumer<String> action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler run = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    action.accept(name);
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "smo signal handler";
            };
            Object proxy =
                    Proxy.newProxyInstance(TerminationSignals.class.getClassLoader(), new Class<?>[] {handler}, run);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            return true;
        } catch (ReflectiveOperationException unsupported) {
            // Another virtual machine, or one started with -Xrs: the shutdown hook drains nevertheless.
            return false;
        }
    }
}
