// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceProxyTest {

    /** Everything goes to one service. */
    private record Straight(Object service) implements CallInterceptor {
        @Override
        public @Nullable Object intercept(InterceptedCall call) throws Throwable {
            return call.on(service);
        }
    }

    @Test
    void aCallGoesThroughTheInterceptorWithItsArguments() {
        List<String> called = new ArrayList<>();
        List<String> list = new ArrayList<>(List.of("one", "two"));
        @SuppressWarnings("unchecked")
        List<String> view = ServiceProxy.create(List.class, call -> {
            called.add(call.method().getName());
            return call.on(list);
        });
        assertThat(view.get(1)).isEqualTo("two");
        assertThat(view.size()).isEqualTo(2);
        view.clear();
        assertThat(list).isEmpty();
        assertThat(called).containsExactly("get", "size", "clear");
    }

    @Test
    void whatTheServiceThrowsIsThrownAsItIs() {
        IOException failure = new IOException("gone");
        Callable<?> failing = ServiceProxy.create(Callable.class, new Straight((Callable<?>) () -> {
            throw failure;
        }));
        assertThatThrownBy(failing::call).isSameAs(failure);
        StackOverflowError deep = new StackOverflowError();
        Runnable broken = ServiceProxy.create(Runnable.class, new Straight((Runnable) () -> {
            throw deep;
        }));
        assertThatThrownBy(broken::run).isSameAs(deep);
    }

    @Test
    void oneCallIsMadeAsOftenAsTheInterceptorAsks() {
        List<String> made = new ArrayList<>();
        Supplier<?> view = ServiceProxy.create(Supplier.class, call -> {
            call.on((Supplier<?>) () -> made.add("first"));
            return call.on((Supplier<?>) () -> made.add("second"));
        });
        assertThat(view.get()).isEqualTo(true);
        assertThat(made).containsExactly("first", "second");
    }

    @Test
    void viewsAreEqualByInterfaceAndInterceptor() {
        Object service = List.of();
        List<?> view = ServiceProxy.create(List.class, new Straight(service));
        assertThat((Object) view)
                .isEqualTo(view)
                .isEqualTo(ServiceProxy.create(List.class, new Straight(service)))
                .hasSameHashCodeAs(ServiceProxy.create(List.class, new Straight(service)))
                .isNotEqualTo(ServiceProxy.create(Iterable.class, new Straight(service)))
                .isNotEqualTo(ServiceProxy.create(List.class, new Straight(List.of("other"))))
                .isNotEqualTo(service)
                .isNotEqualTo(null);
        assertThat((Object) view).hasToString("Straight[service=[]]");
    }
}
