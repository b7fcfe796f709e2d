// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.view;

import org.jspecify.annotations.Nullable;

/** Says where the calls of a {@link ServiceProxy} go, and who may pass. */
@FunctionalInterface
public interface CallInterceptor {

    /**
     * @return answer to the caller
     * @throws Throwable what the caller gets; checked exceptions only if the method of the call declares them
     */
    @Nullable
    Object intercept(InterceptedCall call) throws Throwable;
}
