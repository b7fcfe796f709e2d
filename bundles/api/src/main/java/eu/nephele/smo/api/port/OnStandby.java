// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A server that does not own its database ({@link eu.nephele.smo.api.runtime.Tenure}) may call it all the same: it changes nothing that
 * servers share. Stands beside what else is said of the method. Whatever does not say so, and is not {@link NonBlocking}, is left to
 * the owner.
 *
 * <p>At a method of a Jakarta REST resource, or at its class for all of them: a request that is no read and changes nothing that servers
 * share, a search with a body for example.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface OnStandby {}
