// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The adapter promises to answer from memory, never to block, and not to go outside. Nothing stands before the method: no limit, no
 * time-out, no metrics, and its failures say nothing about the system.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NonBlocking {}
