package org.example.template;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.testkit.PlacementStrategyContract;

class TemplateStrategyTest extends PlacementStrategyContract {

    @Override
    protected PlacementStrategy strategy() {
        return new TemplateStrategy();
    }
}
