package io.github.cdimqtt.internal.lite;

import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class whose observers were taken over. Quarkus makes any class with an observer a bean, and it has none any more. It says
 * nothing of the scope, which others may choose.
 */
@Stereotype
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Observing {}
