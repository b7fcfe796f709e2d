// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A question without arguments of which an answer of a while ago is better than none: nothing is decided by it. The adapter promises
 * what {@link Idempotent} says, and answers that do not change after they were given. The guard repeats the call, and when it still
 * ends with {@code UNAVAILABLE} or {@code TIMED_OUT}, gives the last good answer, if that is not too old.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface StaleIfError {}
