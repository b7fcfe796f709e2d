// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A change whose body takes long to read: whether the engine takes changes at all is asked before. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Admitted {}
