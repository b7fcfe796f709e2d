// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.logging;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A logger of OSGi that writes to one of SLF4J: its methods are the same few for each level. {@code audit} is always
 * written.
 *
 * @param printf whether messages are formats as of {@link String#format}, else with {@code {}}
 */
record LoggerProxy(org.slf4j.Logger target, boolean printf) implements InvocationHandler {

    private static final String AUDIT = "audit";

    /** @throws IllegalArgumentException as the specification wants for other kinds of loggers */
    static <L extends Logger> L to(String name, Class<L> kind) {
        if (kind != Logger.class && kind != FormatterLogger.class) {
            throw new IllegalArgumentException(kind + " is not a known kind of logger");
        }
        LoggerProxy loggerProxy = new LoggerProxy(LoggerFactory.getLogger(name), kind == FormatterLogger.class);
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, loggerProxy));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(this, arguments);
        } else if (name.equals("getName")) {
            return target.getName();
        } else if (name.startsWith("is")) {
            return target.isEnabledForLevel(level(name.substring(2, name.length() - "Enabled".length())));
        } else if (arguments == null) {
            throw new IllegalArgumentException("No message to " + name);
        } else if (arguments[0] instanceof LoggerConsumer<?> consumer) {
            if (name.equals(AUDIT) || target.isEnabledForLevel(level(name))) {
                consumer.accept((Logger) proxy);
            }
        } else {
            write(name, String.valueOf(arguments[0]), flat(arguments));
        }
        return null;
    }

    /** With one array, or with one or two values. */
    private static Object[] flat(Object[] arguments) {
        return arguments.length == 2 && arguments[1] instanceof Object[] many
                ? many
                : Arrays.copyOfRange(arguments, 1, arguments.length);
    }

    private void write(String name, String message, Object[] values) {
        Level level = level(name);
        if (values.length == 0) {
            target.atLevel(level).log(message);
        } else if (printf) {
            target.atLevel(level).setCause(cause(values)).log(() -> String.format(Locale.ROOT, message, values));
        } else {
            target.atLevel(level).log(message, values);
        }
    }

    private static @Nullable Throwable cause(Object[] values) {
        return values[values.length - 1] instanceof Throwable cause ? cause : null;
    }

    private static Level level(String name) {
        return name.equals(AUDIT) ? Level.WARN : Level.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
