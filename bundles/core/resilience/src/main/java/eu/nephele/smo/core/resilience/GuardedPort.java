// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import dev.failsafe.function.CheckedSupplier;
import eu.nephele.smo.api.port.AdapterException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One adapter behind the guard of its system. */
final class GuardedPort implements InvocationHandler {

    private final Class<?> port;
    private final Object adapter;
    private final SystemGuard guard;
    private final Departed departed;
    private final Meters meters;
    private final LastAnswers lastAnswers;
    private final Map<Method, Operation> operations = new ConcurrentHashMap<>();

    private GuardedPort(
            Class<?> port, Object adapter, SystemGuard guard, Departed departed, Meters meters, LongSupplier nanos) {
        this.port = port;
        this.adapter = adapter;
        this.guard = guard;
        this.departed = departed;
        this.meters = meters;
        this.lastAnswers = new LastAnswers(nanos);
    }

    static <T> T of(Class<T> port, T adapter, SystemGuard guard, Departed departed, Meters meters, LongSupplier nanos) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                new GuardedPort(port, adapter, guard, departed, meters, nanos)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(method, arguments);
        }
        Operation operation = operations.computeIfAbsent(method, called -> Operation.of(port, called));
        CheckedSupplier<Object> call = () -> askWhoStays(operation, method, arguments);
        return switch (operation.rule()) {
            case THROUGH -> invokeAdapter(method, arguments);
            case REPEATABLE, ONCE -> guard.call(operation, call);
            case STALE -> freshOrStale(operation, call);
            case STAGE -> guard.stage(operation, call);
        };
    }

    private @Nullable Object freshOrStale(Operation operation, CheckedSupplier<Object> call) {
        try {
            Object answer = guard.call(operation, call);
            if (answer != null) {
                lastAnswers.keep(operation, answer);
            }
            return answer;
        } catch (AdapterException e) {
            Optional<Object> known = Policies.mayPass(e)
                    ? lastAnswers.instead(
                            e, guard.name(), operation, guard.limits().stale())
                    : Optional.empty();
            if (known.isEmpty()) {
                throw e;
            }
            meters.stale(guard.name(), operation);
            return known.get();
        }
    }

    /** An adapter that leaves meanwhile loses what it stands on: neither its failure nor its answer can be believed. */
    private @Nullable Object askWhoStays(Operation operation, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (departed.includes(adapter)) {
            throw guard.left(operation);
        }
        Object answer;
        try {
            answer = invokeAdapter(method, arguments);
        } catch (Exception | LinkageError failed) {
            if (departed.includes(adapter)) {
                Settled left = guard.left(operation);
                left.answer().addSuppressed(failed);
                throw left;
            }
            throw failed;
        }
        if (operation.rule().repeatable() && departed.includes(adapter)) {
            throw guard.left(operation);
        }
        return answer;
    }

    private @Nullable Object invokeAdapter(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(adapter, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private Object ofObject(Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && sees(arguments[0]);
            case "hashCode" -> System.identityHashCode(adapter);
            default -> "%s of %s behind its guard: %s".formatted(port.getSimpleName(), guard.name(), adapter);
        };
    }

    /** Whether that is a view of the same adapter behind the same guard, as the same port. */
    private boolean sees(@Nullable Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof GuardedPort view
                && view.adapter == adapter
                && view.guard == guard
                && view.port == port;
    }
}
