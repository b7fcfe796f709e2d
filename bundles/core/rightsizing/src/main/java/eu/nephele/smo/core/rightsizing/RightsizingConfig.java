// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO rightsizing", description = "Proposals of what services should ask for.")
@interface RightsizingConfig {

    @AttributeDefinition(description = "Days of metrics that are read.", min = "1", max = "30")
    int historyDays() default 7;

    @AttributeDefinition(description = "Seconds between two values.", min = "300", max = "3600")
    int stepSeconds() default 300;

    @AttributeDefinition(
            description = "Hours of data since the last change of a service without which nothing is proposed.",
            min = "1",
            max = "720")
    int leastDataHours() default 24;

    @AttributeDefinition(
            description = "Seconds for which a new replica counts as starting; a request is never below its use then.",
            min = "60",
            max = "3600")
    int startUpSeconds() default 300;

    @AttributeDefinition(description = "Quantile of the use of CPU that counts, in per cent.", min = "50", max = "100")
    int cpuQuantilePercent() default 95;

    @AttributeDefinition(
            description =
                    "Per cent of this use that is asked for in addition; less than 10 would be taken back by the next proposal.",
            min = "10",
            max = "400")
    int cpuHeadroomPercent() default 15;

    @AttributeDefinition(
            description = "Per cent of the highest use of memory that is asked for in addition.",
            min = "10",
            max = "400")
    int memoryMarginPercent() default 20;
}
