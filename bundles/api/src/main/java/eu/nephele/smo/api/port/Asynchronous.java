// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method gives a {@link java.util.concurrent.CompletionStage}. The adapter promises to begin soon, and to complete the stage when
 * the outside is done, exceptionally with an {@link AdapterException}. The guard counts the call as inside the system until then,
 * does not time it and never repeats it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Asynchronous {}
