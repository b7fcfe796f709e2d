// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The adapter promises: however often the method is called with the same arguments, the effect exists once. Questions are
 * idempotent, too. The guard repeats a call that ended with {@code UNAVAILABLE} or {@code TIMED_OUT}, within the limits of the
 * system, and does not believe the answer of an adapter that left meanwhile.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Idempotent {}
