package org.example.template;

import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.lab.testkit.PlacementObjectiveContract;

class TemplateObjectiveTest extends PlacementObjectiveContract {

    @Override
    protected PlacementObjective objective() {
        return new TemplateObjective();
    }
}
