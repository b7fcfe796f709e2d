// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.view;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A view of a service by its interface: callers call the interface, and each call goes through an
 * {@link CallInterceptor}. Two views are equal when they are of one interface and their interceptors are equal; hash
 * and text are those of the interceptor.
 */
public final class ServiceProxy implements InvocationHandler {

    private final Class<?> type;
    private final CallInterceptor interceptor;

    private ServiceProxy(Class<?> type, CallInterceptor interceptor) {
        this.type = type;
        this.interceptor = interceptor;
    }

    /** @param type interface of the service; its class loader sees all types of its methods, ours may not */
    public static <T> T create(Class<T> type, CallInterceptor interceptor) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ServiceProxy(type, interceptor)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return method.getDeclaringClass() == Object.class
                ? ofObject(method, arguments)
                : interceptor.intercept(new InterceptedCall(method, arguments));
    }

    private Object ofObject(Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && isLike(arguments[0]);
            case "hashCode" -> interceptor.hashCode();
            default -> interceptor.toString();
        };
    }

    private boolean isLike(@Nullable Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof ServiceProxy serviceProxy
                && serviceProxy.type == type
                && serviceProxy.interceptor.equals(interceptor);
    }
}
