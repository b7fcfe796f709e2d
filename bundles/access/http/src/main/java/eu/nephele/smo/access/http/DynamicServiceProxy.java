// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.view.CallInterceptor;
import eu.nephele.smo.core.contract.view.InterceptedCall;
import eu.nephele.smo.core.contract.view.ServiceProxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Each call goes to the service that is present then; {@code part} is its name in messages. */
public record DynamicServiceProxy<T>(String part, Supplier<Optional<T>> now) implements CallInterceptor {

    private static final Duration RETRY = Duration.ofSeconds(2);

    public static <T> T create(Class<T> type, String part, Supplier<Optional<T>> now) {
        return ServiceProxy.create(type, new DynamicServiceProxy<>(part, now));
    }

    /** @throws SmoException of kind UNAVAILABLE when the service is unavailable, or became so during the call */
    @Override
    public @Nullable Object intercept(InterceptedCall call) throws Throwable {
        T service = now.get().orElseThrow(this::away);
        try {
            return call.on(service);
        } catch (SmoException said) {
            throw said;
        } catch (Throwable cause) {
            if (now.get().filter(current -> current == service).isPresent()) {
                throw cause;
            }
            SmoException away = away();
            away.initCause(cause);
            throw away;
        }
    }

    private SmoException away() {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The %s is unavailable at the moment; try again later. See /health/ready and the log".formatted(part),
                Optional.of(RETRY));
    }
}
