// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The product beside the real outside world: takes minutes, and runs when it is asked for. Else it is told as not proven. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("real")
@EnabledIfSystemProperty(
        named = Real.PROPERTY,
        matches = "true",
        disabledReason = "the product beside real API servers runs with ./smo test --real")
@interface Real {

    String PROPERTY = "smo.real";
}
