// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A change whose body takes long to read: while the engine admits no changes, it is refused unread. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AdmissionControlled {}
