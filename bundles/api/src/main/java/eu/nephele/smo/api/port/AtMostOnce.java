// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A second call may do it twice: the adapter promises nothing about that. The guard calls it once and never repeats it. The same as a
 * method without annotation, said on purpose.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AtMostOnce {}
