package org.example.template;

import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.lab.testkit.ScalingStrategyContract;

class TemplateStrategyTest extends ScalingStrategyContract {

    @Override
    protected ScalingStrategy strategy() {
        return new TemplateStrategy();
    }
}
