// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.view;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** One call of a {@link ServiceProxy}. */
public final class InterceptedCall {

    private final Method method;
    private final Object @Nullable [] arguments;

    InterceptedCall(Method method, Object @Nullable [] arguments) {
        this.method = method;
        this.arguments = arguments;
    }

    public Method method() {
        return method;
    }

    /**
     * Makes the call, each time that it is invoked.
     *
     * @param service implements the interface of the view
     * @throws Throwable what the service throws, as it throws it
     */
    public @Nullable Object on(Object service) throws Throwable {
        try {
            return method.invoke(service, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
