// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A change that compares {@code If-Match} with the tag of its resource. Other changes have no tag to compare. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Conditional {}
