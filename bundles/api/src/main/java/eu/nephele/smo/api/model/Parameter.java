// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a strategy's parameter record. The JSON Schema that users see and the check of what they write
 * are derived from it. Types that can be bound: {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String},
 * enums (by lower-case name), {@link java.time.Duration} (ISO-8601 text), nested records, {@code List} and
 * {@code Map<String, …>} of these, and {@code Optional} of these.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Parameter {

    /** For people: meaning and unit. */
    String description();

    /** JSON text of the value when the user gives none, for example {@code "0.4"} or {@code "\"default\""}; "" means required, {@code Optional}, {@code List} and {@code Map} components start empty. */
    String defaultValue() default "";

    /** Smallest allowed number, inclusive. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest allowed number, inclusive. */
    double max() default Double.POSITIVE_INFINITY;
}
