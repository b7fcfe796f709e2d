// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.quota;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO quotas", description = "What projects may have.")
@interface QuotaConfig {

    @AttributeDefinition(
            description =
                    "Quota of each project without one of its own, as member=limit: graphs, services, webhooks, plans, streams,"
                            + " cpu (thousandths of a core), memory and storage (bytes), gpus, or the Kubernetes name of a"
                            + " resource. What is missing is not limited.")
    String[] defaults() default {};
}
