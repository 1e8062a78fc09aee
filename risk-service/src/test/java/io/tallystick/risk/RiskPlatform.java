package io.tallystick.risk;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.tallystick.sandbox.base.TallystickTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Real PostgreSQL and Redis, certificates and an issuer, for risk-service.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = {
      @ResourceArg(name = "service", value = "risk"),
      // Long enough for a busy machine; what a question takes is measured, not assumed.
      @ResourceArg(name = "tallystick.risk.assess.patience", value = "PT2S")
    })
public @interface RiskPlatform {}
