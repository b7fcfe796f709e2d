// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A change that compares {@code If-Match} with the tag of what it changes. Any other change has no tag to compare it with. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Conditional {}
