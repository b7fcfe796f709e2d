// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.measure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Metrics of a class that records several. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface MetricList {

    Metric[] value();
}
