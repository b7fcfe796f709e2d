// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.view;

import org.jspecify.annotations.Nullable;

/** Routes the calls of a {@link ServiceProxy}, and decides on their admission. */
@FunctionalInterface
public interface CallInterceptor {

    /**
     * @return answer to the caller
     * @throws Throwable what the caller gets; checked exceptions only if the method of the call declares them
     */
    @Nullable
    Object intercept(InterceptedCall call) throws Throwable;
}
